package dev.retrospec.web.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionInspection;
import dev.retrospec.inspection.SessionPageView;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one session, with the player at the moment that the address names. */
@Named
@RequestScoped
public class SessionBacking {

  private final Shell shell;
  private final SessionInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable SessionPageView view;

  @Inject
  public SessionBacking(Shell shell, SessionInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = filtersOf(shell.getProject());
    }
    return filters;
  }

  public void load() {
    Optional<SessionId> id = shell.item(SessionId::new);
    Optional<SessionPageView> found =
        shell
            .chosenProject()
            .flatMap(project -> id.flatMap(known -> inspection.open(project, known)));
    if (shell.namesProject()) {
      found.ifPresentOrElse(session -> view = session, notices::notFound);
    } else {
      // The SDK's links name no project; from here on the address does.
      found
          .map(session -> session.session().projectId())
          .or(() -> id.flatMap(inspection::projectOf))
          .ifPresentOrElse(this::goTo, notices::notFound);
    }
  }

  private void goTo(ProjectId project) {
    Filters there = filtersOf(project);
    there.getValues().putAll(getFilters().getValues());
    notices.goTo(there.here());
  }

  private Filters filtersOf(@Nullable ProjectId project) {
    String id = shell.item(SessionId::new).map(SessionId::value).orElse("");
    return new Filters("/admin/sessions/" + id, project);
  }

  public @Nullable SessionPageView getView() {
    return view;
  }

  /** This page's address at another moment. */
  public String at(long ms) {
    Filters moment = filtersOf(shell.getProject());
    moment.getValues().put("t", Long.toString(ms));
    return moment.here();
  }

  /** The player's address: the moment that this page's address names. */
  public String getPlayer() {
    Filters player = new Filters("/player/index.html", shell.getProject());
    player.getValues().put("session", view == null ? "" : view.session().id().value());
    player.getValues().put("t", getFilters().get("t"));
    player.getValues().put("marker", getFilters().get("marker"));
    player.getValues().put("theme", shell.getTheme());
    return player.here();
  }
}
