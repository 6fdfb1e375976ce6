package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionListView.FirstMarker;
import dev.retrospec.inspection.SessionListView.Row;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.SessionFilter;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads the page that lists a project's sessions. */
@ApplicationScoped
public class SessionListInspection {

  private static final String FIRST_MARKERS =
      """
      select distinct on (session_id) session_id, id, kind, label, replay_offset_ms
      from error_marker
      where project_id = :project and session_id = any(:sessions)
        and (cast(:kind as text) is null or kind = :kind)
      order by session_id, replay_offset_ms, id
      """;

  private static final String REPORTS =
      """
      select session_id, status from report_card
      where project_id = :project and session_id = any(:sessions)
      """;

  private final Jdbi jdbi;
  private final SessionQueries sessions;

  @Inject
  public SessionListInspection(Jdbi jdbi, SessionQueries sessions) {
    this.jdbi = jdbi;
    this.sessions = sessions;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionListInspection() {
    this.jdbi = null;
    this.sessions = null;
  }

  public SessionListView open(ProjectId project, SessionFilter filter) {
    Page<SessionRow> page = sessions.search(project, filter);
    List<String> ids = page.items().stream().map(row -> row.id().value()).toList();
    return jdbi.withHandle(
        handle -> {
          Map<SessionId, FirstMarker> markers = markers(handle, project, ids, filter.kind());
          Map<SessionId, String> reports = reports(handle, project, ids);
          return new SessionListView(
              page.items().stream()
                  .map(row -> new Row(row, markers.get(row.id()), reports.get(row.id())))
                  .toList(),
              page.nextCursor(),
              !ids.isEmpty() || hasSessions(handle, project));
        });
  }

  private static Map<SessionId, FirstMarker> markers(
      Handle handle, ProjectId project, List<String> ids, @Nullable MarkerKind kind) {
    return handle
        .createQuery(FIRST_MARKERS)
        .bind("project", project)
        .bindArray("sessions", String.class, ids)
        .bindByType("kind", kind == null ? null : kind.wireName(), String.class)
        .map(ConstructorMapper.of(FirstMarker.class))
        .stream()
        .collect(Collectors.toMap(FirstMarker::sessionId, Function.identity()));
  }

  private static Map<SessionId, String> reports(
      Handle handle, ProjectId project, List<String> ids) {
    return handle
        .createQuery(REPORTS)
        .bind("project", project)
        .bindArray("sessions", String.class, ids)
        .map(
            (row, context) ->
                Map.entry(new SessionId(row.getString("session_id")), row.getString("status")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean hasSessions(Handle handle, ProjectId project) {
    return handle
        .createQuery("select exists (select from session where project_id = :project)")
        .bind("project", project)
        .mapTo(Boolean.class)
        .one();
  }
}
