package dev.retrospec.web.sessions;

import dev.retrospec.inspection.SessionListInspection;
import dev.retrospec.inspection.SessionListView;
import dev.retrospec.platform.time.StorableTime;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.SearchBusy;
import dev.retrospec.sessions.SessionFilter;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's sessions. */
@Named
@RequestScoped
public class SessionsBacking {

  private static final List<SessionStatus> STATUSES = List.of(SessionStatus.values());
  private static final List<MarkerKind> KINDS = List.of(MarkerKind.values());

  private final Shell shell;
  private final SessionListInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable SessionListView view;

  @Inject
  public SessionsBacking(Shell shell, SessionListInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionsBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/sessions", shell.getProject());
    }
    return filters;
  }

  public void load() {
    if (shell.chosenProject().isEmpty()) {
      notices.notFound();
      return;
    }
    try {
      view = inspection.open(shell.getProject(), filter(getFilters()));
    } catch (SearchBusy e) {
      notices.busy();
    }
  }

  private static SessionFilter filter(Filters given) {
    Double minutes = given.decimal("minMinutes", 0, 24 * 60);
    return new SessionFilter(
        given.get("user"),
        given.get("org"),
        day(given.get("from"), 0),
        // "To" a day means its end.
        day(given.get("to"), 1),
        given.choice("status", STATUSES, SessionStatus::wireName),
        List.of(),
        given.get("hasErrors") == null ? null : Boolean.valueOf(given.get("hasErrors")),
        given.choice("kind", KINDS, MarkerKind::wireName),
        given.get("browser"),
        given.get("os"),
        given.get("device"),
        given.get("url"),
        given.get("release"),
        given.get("environment"),
        given.get("text"),
        minutes == null ? null : Duration.ofMillis(Math.round(minutes * 60_000)),
        given.get("complete") == null ? null : Boolean.valueOf(given.get("complete")),
        given.get("rage") == null ? null : Boolean.valueOf(given.get("rage")),
        given.get("subkind"),
        given.get("experiment"),
        given.integer("limit", SessionFilter.DEFAULT_LIMIT, 1, SessionFilter.MAX_LIMIT),
        given.cursor());
  }

  private static @Nullable Instant day(@Nullable String date, int plusDays) {
    try {
      Instant start =
          date == null
              ? null
              : LocalDate.parse(date).plusDays(plusDays).atStartOfDay().toInstant(ZoneOffset.UTC);
      return StorableTime.holds(start) ? start : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  public @Nullable SessionListView getView() {
    return view;
  }

  public boolean isNarrowed() {
    return getFilters()
        .has(
            "user",
            "org",
            "from",
            "to",
            "status",
            "hasErrors",
            "kind",
            "browser",
            "os",
            "device",
            "url",
            "release",
            "environment",
            "text",
            "minMinutes",
            "complete",
            "rage",
            "subkind",
            "experiment");
  }

  public List<MarkerKind> getKinds() {
    return KINDS;
  }

  public List<SessionStatus> getStatuses() {
    return STATUSES;
  }
}
