package dev.retrospec.web.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.inspection.PatternPageView;
import dev.retrospec.inspection.PatternTies;
import dev.retrospec.inspection.PatternTiesInspection;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The part of a pattern's page that says what it may be the same failure as. */
@Named("patternTies")
@RequestScoped
public class PatternTiesBacking {

  /** As long as the page's fields allow; longer texts come from nobody's hand. */
  private static final int MAX_SEARCH = 4_000;

  private final Shell shell;
  private final PatternBacking page;
  private final PatternTiesInspection inspection;
  private @Nullable Filters filters;
  private @Nullable PatternTies view;

  @Inject
  public PatternTiesBacking(Shell shell, PatternBacking page, PatternTiesInspection inspection) {
    this.shell = shell;
    this.page = page;
    this.inspection = inspection;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternTiesBacking() {
    this(null, null, null);
  }

  /** {@code like} and {@code issue} search, {@code into} names the pattern to merge with. */
  public Filters getFilters() {
    if (filters == null) {
      String id = shell.item(PatternId::new).map(PatternId::value).orElse("");
      filters = new Filters("/admin/patterns/" + id, shell.getProject());
    }
    return filters;
  }

  /** After the page itself is loaded; without it there is nothing to load. */
  public void load() {
    PatternPageView pattern = page.getView();
    if (pattern != null) {
      view =
          inspection.open(
              shell.getProject(),
              pattern.pattern(),
              searched("like"),
              searched("issue"),
              getFilters().get("into"));
    }
  }

  private @Nullable String searched(String name) {
    String text = getFilters().get(name);
    return text == null || text.length() <= MAX_SEARCH ? text : text.substring(0, MAX_SEARCH);
  }

  public @Nullable PatternTies getView() {
    return view;
  }
}
