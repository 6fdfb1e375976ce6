package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Sessions by the server's receive time: the only clock that a client cannot set. */
final class ExpiredSessions {

  private final Jdbi jdbi;

  ExpiredSessions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A session and its place in the order of arrival. */
  record Expired(SessionId id, Instant createdAt) {}

  List<ProjectId> projects(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select distinct project_id from session where created_at < :before")
                .bind("before", before)
                .mapTo(ProjectId.class)
                .list());
  }

  /** The next ones in the order of arrival, beginning after {@code last}. */
  List<Expired> next(ProjectId project, Instant before, Expired last, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, created_at from session
                    where project_id = :project and created_at < :before
                      and (created_at, id) > (:lastAt, :lastId)
                    order by created_at, id
                    limit :limit
                    """)
                .bind("project", project)
                .bind("before", before)
                .bind("lastAt", last.createdAt)
                .bind("lastId", last.id)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Expired(
                            new SessionId(row.getString("id")),
                            row.getTimestamp("created_at").toInstant()))
                .list());
  }

  /** Those of the given sessions that no other node is deleting, locked until the commit. */
  Set<SessionId> lock(ProjectId project, Set<SessionId> sessions) {
    return new LinkedHashSet<>(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select id from session
                        where project_id = :project and id = any(:sessions)
                        order by id
                        for update skip locked
                        """)
                    .bind("project", project)
                    .bindArray("sessions", String.class, values(sessions))
                    .mapTo(SessionId.class)
                    .list()));
  }

  int delete(ProjectId project, Set<SessionId> sessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from session where project_id = :project and id = any(:sessions)")
                .bind("project", project)
                .bindArray("sessions", String.class, values(sessions))
                .execute());
  }

  private static List<String> values(Set<SessionId> sessions) {
    return sessions.stream().map(SessionId::value).toList();
  }
}
