package dev.retrospec.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * A project's releases in the order in which a session was seen on them for the first time, by the
 * server's clock: names of releases have no order of their own. The order outlives the sessions.
 */
@ApplicationScoped
public class Releases implements ExpiringData {

  /** A tab that was left open for longer shows what counts as a new release. */
  static final Duration REMEMBERED = Duration.ofDays(90);

  /** Within an hour nothing changes but the first sight of a release: few rows are written. */
  private static final String SIGHT =
      """
      insert into release_sighting as r (project_id, release, first_seen_at, last_seen_at)
      select s.project_id, s.release, min(s.created_at), max(s.created_at)
      from session s join project p on p.id = s.project_id
      where s.created_at >= :since and s.release is not null
      group by 1, 2 order by 1, 2
      on conflict (project_id, release) do update set
        first_seen_at = least(r.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(r.last_seen_at, excluded.last_seen_at)
      where excluded.first_seen_at < r.first_seen_at
        or excluded.last_seen_at >= r.last_seen_at + interval '1 hour'
      """;

  private static final String LATEST =
      """
      select release from release_sighting where project_id = :project
      order by first_seen_at desc, release limit :limit
      """;

  private static final String FORGET =
      """
      delete from release_sighting r where r.last_seen_at < :before and not exists (
        select from issue_cluster c
        where c.project_id = r.project_id and c.resolved_in_release = r.release)
      """;

  private final Jdbi jdbi;

  @Inject
  public Releases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Releases() {
    this.jdbi = null;
  }

  /** Notes the releases of the sessions that came in since then. May be repeated. */
  public int sight(Instant since) {
    return jdbi.withHandle(handle -> handle.createUpdate(SIGHT).bind("since", since).execute());
  }

  /** Those seen first latest; at most so many. */
  public List<String> latest(ProjectId project, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LATEST)
                .bind("project", project)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  /** A release is not a session's: the order must outlive them. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(
        handle -> handle.createUpdate(FORGET).bind("before", before.minus(REMEMBERED)).execute());
    return Deleted.NOTHING;
  }
}
