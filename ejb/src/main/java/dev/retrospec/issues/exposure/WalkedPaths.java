package dev.retrospec.issues.exposure;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.exposure.FailurePath.Failing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What visitors did, as far as paths are made of it. */
@ApplicationScoped
public class WalkedPaths {

  /** More steps in one visit are a loop. */
  private static final int MAX_STEPS = 2_000;

  private static final String STEPS =
      """
      select e.at, e.kind, left(e.text, 500) as text
      from session s
      join session_event e on e.project_id = s.project_id and e.session_id = s.id
        and e.kind in ('navigation', 'click')
      where s.project_id = :project and s.id = :session
        and not (e.kind = 'click' and e.text like 'node %')
        and (cast(:until as timestamptz) is null or e.at <= :until)
      order by e.at, e.chunk_seq, e.ordinal limit :limit
      """;

  private static final String FAILING =
      """
      select session_id, first_observed_at from cluster_session
      where project_id = :project and cluster_key = :key
      order by created_at desc, session_id limit :limit
      """;

  private final Jdbi jdbi;

  @Inject
  public WalkedPaths(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected WalkedPaths() {
    this(null);
  }

  private record Failed(SessionId session, Instant at) {}

  /** Pages and clicks of a session in the order of time; those after {@code until} are left out. */
  public List<PathStep> of(ProjectId project, SessionId session, @Nullable Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(STEPS)
                .bind("project", project)
                .bind("session", session)
                .bindByType("until", until, Instant.class)
                .bind("limit", MAX_STEPS)
                .map(
                    (row, context) -> {
                      Instant at = row.getTimestamp("at").toInstant();
                      String text = row.getString("text");
                      return row.getString("kind").equals("click")
                          ? PathStep.click(text, at)
                          : PathStep.page(text, at);
                    })
                .list());
  }

  /** The latest sessions that showed a failure, up to their first marker; at most so many. */
  public List<Failing> failing(ProjectId project, ClusterKey key, int limit) {
    List<Failed> failed =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(FAILING)
                    .bind("project", project)
                    .bind("key", key)
                    .bind("limit", limit)
                    .map(
                        (row, context) ->
                            new Failed(
                                new SessionId(row.getString("session_id")),
                                row.getTimestamp("first_observed_at").toInstant()))
                    .list());
    List<Failing> sessions = new ArrayList<>();
    for (Failed one : failed) {
      List<PathStep> steps = of(project, one.session(), one.at());
      // What came as a whole, without steps, says nothing about them.
      if (!steps.isEmpty()) {
        sessions.add(new Failing(steps, one.at()));
      }
    }
    return sessions;
  }
}
