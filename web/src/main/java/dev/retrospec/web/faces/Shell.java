package dev.retrospec.web.faces;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.ProjectInspection;
import dev.retrospec.inspection.ProjectInspection.Choice;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The frame around every page: who is signed in, which project is looked at, light or dark. */
@Named
@RequestScoped
public class Shell {

  private static final String LAST_PROJECT = "dev.retrospec.project";
  private static final String THEME_COOKIE = "retrospec-theme";

  private final HttpServletRequest request;
  private final ProjectInspection inspection;
  private List<Choice> projects = List.of();
  private @Nullable Choice chosen;

  @Inject
  public Shell(HttpServletRequest request, ProjectInspection inspection) {
    this.request = request;
    this.inspection = inspection;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Shell() {
    this.request = null;
    this.inspection = null;
  }

  @PostConstruct
  void choose() {
    projects = inspection.choices();
    String asked = request.getParameter("project");
    if (asked != null && !asked.isBlank()) {
      chosen = choice(asked).orElse(null);
      if (chosen != null) {
        request.getSession().setAttribute(LAST_PROJECT, asked);
      }
      return;
    }
    Object last = request.getSession().getAttribute(LAST_PROJECT);
    chosen =
        choice(String.valueOf(last)).orElseGet(() -> projects.isEmpty() ? null : projects.get(0));
  }

  private Optional<Choice> choice(String id) {
    return projects.stream().filter(choice -> choice.id().value().equals(id)).findFirst();
  }

  /** The project that the address names, else the last one, else the first; empty: no such one. */
  public Optional<ProjectId> chosenProject() {
    return Optional.ofNullable(chosen).map(Choice::id);
  }

  /** Whether the address itself says which project is meant. */
  public boolean namesProject() {
    return request.getParameter("project") != null;
  }

  public @Nullable ProjectId getProject() {
    return chosen == null ? null : chosen.id();
  }

  public String getProjectName() {
    return chosen == null ? "" : chosen.name();
  }

  public List<Choice> getProjects() {
    return projects;
  }

  public String getUser() {
    return request.getUserPrincipal() == null ? "" : request.getUserPrincipal().getName();
  }

  public boolean isMayTriage() {
    return request.isUserInRole("developer");
  }

  public boolean isMayAdminister() {
    return request.isUserInRole("admin");
  }

  /** {@code light} or {@code dark}; {@code system} while nobody chose. */
  public String getTheme() {
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(THEME_COOKIE)
            && (cookie.getValue().equals("light") || cookie.getValue().equals("dark"))) {
          return cookie.getValue();
        }
      }
    }
    return "system";
  }

  /** The id at the end of the address; empty when it cannot be one. */
  public <T> Optional<T> item(Function<String, T> toId) {
    Object id = request.getAttribute(PageRoutes.ID);
    try {
      return id == null ? Optional.empty() : Optional.of(toId.apply(id.toString()));
    } catch (InvalidId e) {
      return Optional.empty();
    }
  }

  /** What a form sent, without blanks around it and without NUL; empty when it was left empty. */
  public String sent(String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value.replace("\0", "").strip();
  }

  /** The same for a name that is sent several times; what was left empty is left out. */
  public List<String> sentAll(String name) {
    String[] values = request.getParameterValues(name);
    return values == null
        ? List.of()
        : Arrays.stream(values)
            .map(value -> value.replace("\0", "").strip())
            .filter(value -> !value.isEmpty())
            .toList();
  }

  /** Scheme, host and port under which the reader reaches us. */
  public String getOrigin() {
    String url = request.getRequestURL().toString();
    return url.substring(0, url.indexOf('/', url.indexOf("//") + 2));
  }
}
