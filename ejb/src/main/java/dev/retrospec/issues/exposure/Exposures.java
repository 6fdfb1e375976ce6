package dev.retrospec.issues.exposure;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.platform.json.Json;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The proofs that are under way. One belongs to one resolution: it holds while its issue is
 * resolved at that very time. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class Exposures implements ExpiringData {

  /**
   * Where so few walk, nothing will be proven: each session that ends would look at the proof for
   * ever. Releases are forgotten after as long.
   */
  static final Duration GIVEN_UP_AFTER = Duration.ofDays(90);

  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private static final List<String> BEGIN =
      List.of(
          "delete from issue_exposure_session where project_id = :project and cluster_key = :key",
          """
          insert into issue_exposure
            (project_id, cluster_key, resolved_at, release, route, clicks, needed)
          select project_id, key, resolved_at, resolved_in_release, :route,
                 cast(:clicks as jsonb), :needed
          from issue_cluster
          where project_id = :project and key = :key and state = 'resolved'
          on conflict (project_id, cluster_key) do update set
            resolved_at = excluded.resolved_at, release = excluded.release,
            route = excluded.route, clicks = excluded.clicks, needed = excluded.needed,
            walked = 0, proven_at = null
          """);

  /** Nothing is noted in a project that has nothing to prove. */
  private static final String NOTE =
      """
      insert into issue_exposure_due (project_id, session_id)
      select :project, :session
      where exists (select from issue_exposure e
        where e.project_id = :project and e.proven_at is null and e.resolved_at > :open)
      on conflict do nothing
      """;

  private static final String TAKE =
      """
      delete from issue_exposure_due where (project_id, session_id) in (
        select project_id, session_id from issue_exposure_due
        order by project_id, session_id limit :limit for update skip locked)
      returning project_id, session_id
      """;

  /**
   * The proofs that a session can add to: it ended well, it came in after the resolution, it began
   * and ended on the release of the fix or on one that was seen first after it, and it does not
   * show the failure.
   */
  private static final String OPEN =
      """
      select e.cluster_key, e.route, e.clicks::text as clicks
      from session s
      join issue_exposure e on e.project_id = s.project_id and e.proven_at is null
        and e.resolved_at > :open
      join issue_cluster c on c.project_id = e.project_id and c.key = e.cluster_key
        and c.state = 'resolved' and c.resolved_at = e.resolved_at
      left join release_sighting fixed on fixed.project_id = e.project_id
        and fixed.release = e.release
      left join release_sighting seen on seen.project_id = s.project_id
        and seen.release = s.release
      where s.project_id = :project and s.id = :session and s.status = 'ready'
        and s.created_at > e.resolved_at
        and (e.release is null
          or coalesce(s.first_release, s.release) = s.release
            and (s.release = e.release
              or coalesce(seen.first_seen_at, s.created_at) > fixed.first_seen_at))
        and not exists (select from cluster_session f
          where f.project_id = s.project_id and f.cluster_key = e.cluster_key
            and f.session_id = s.id)
      order by e.cluster_key
      """;

  /** Each session counts once, however often it is looked at. */
  private static final String COUNT =
      """
      with fresh as (
        insert into issue_exposure_session (project_id, cluster_key, session_id)
        select project_id, cluster_key, :session from issue_exposure
        where project_id = :project and cluster_key = :key
        on conflict do nothing returning 1)
      update issue_exposure set
        walked = walked + 1,
        proven_at = case when walked + 1 >= needed then cast(:now as timestamptz) end
      where project_id = :project and cluster_key = :key and proven_at is null
        and exists (select from fresh)
      returning resolved_at, release, route, clicks::text as clicks, walked, needed, proven_at
      """;

  private static final String FIND =
      """
      select e.resolved_at, e.release, e.route, e.clicks::text as clicks, e.walked, e.needed,
             e.proven_at
      from issue_exposure e
      join issue_cluster c on c.project_id = e.project_id and c.key = e.cluster_key
        and c.state = 'resolved' and c.resolved_at = e.resolved_at
      where e.project_id = :project and e.cluster_key = :key
      """;

  private static final String FORGET =
      """
      delete from issue_exposure e where e.resolved_at < :before and not exists (
        select from issue_cluster c
        where c.project_id = e.project_id and c.key = e.cluster_key
          and c.state = 'resolved' and c.resolved_at = e.resolved_at)
      """;

  private static final String LEAVE =
      "delete from %s where project_id = :project and session_id = any(:sessions)";

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;
  private final Clock clock;

  @Inject
  public Exposures(Jdbi jdbi, ClusterDecisions decisions, Clock clock) {
    this.jdbi = jdbi;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Exposures() {
    this(null, null, null);
  }

  /** A session that has ended and may prove something. */
  record Due(ProjectId projectId, SessionId session) {}

  /** A proof that a session may add to. */
  record Open(ClusterKey key, FailurePath path) {}

  /** Begins anew for an issue that has just been resolved. */
  void begin(ProjectId project, ClusterKey key, FailurePath path, int needed) {
    jdbi.useHandle(
        handle -> {
          handle.createUpdate(BEGIN.get(0)).bind("project", project).bind("key", key).execute();
          handle
              .createUpdate(BEGIN.get(1))
              .bind("project", project)
              .bind("key", key)
              .bind("route", path.route())
              .bind("clicks", Json.write(path.clicks()))
              .bind("needed", needed)
              .execute();
        });
  }

  /** Notes a session that has ended, where there is something to prove. */
  void note(ProjectId project, SessionId session) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(NOTE)
                .bind("project", project)
                .bind("session", session)
                .bind("open", open())
                .execute());
  }

  /** Takes noted sessions, at most so many; what another node has taken is left out. */
  List<Due> take(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TAKE)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Due(
                            new ProjectId(row.getString("project_id")),
                            new SessionId(row.getString("session_id"))))
                .list());
  }

  List<Open> open(Due due) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OPEN)
                .bind("project", due.projectId())
                .bind("session", due.session())
                .bind("open", open())
                .map(
                    (row, context) ->
                        new Open(
                            new ClusterKey(row.getString("cluster_key")),
                            new FailurePath(
                                row.getString("route"), Json.read(row.getString("clicks"), TEXTS))))
                .list());
  }

  /** Empty when the session was counted before, or the fix was proven meanwhile. */
  Optional<Exposure> count(Due due, ClusterKey key, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COUNT)
                .bind("project", due.projectId())
                .bind("session", due.session())
                .bind("key", key)
                .bind("now", now)
                .map((row, context) -> exposure(row))
                .findOne());
  }

  /** How far the fix is proven; empty for an issue that is not resolved. */
  public Optional<Exposure> of(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("project", project)
                .bind("key", decisions.current(project, key))
                .map((row, context) -> exposure(row))
                .findOne());
  }

  /** Proofs of resolutions since then are under way. */
  private Instant open() {
    return clock.instant().minus(GIVEN_UP_AFTER);
  }

  private Exposure exposure(ResultSet row) throws SQLException {
    Timestamp proven = row.getTimestamp("proven_at");
    Instant resolved = row.getTimestamp("resolved_at").toInstant();
    return new Exposure(
        resolved,
        row.getString("release"),
        row.getString("route"),
        Json.read(row.getString("clicks"), TEXTS),
        row.getInt("walked"),
        row.getInt("needed"),
        proven == null ? null : proven.toInstant(),
        proven == null && !resolved.isAfter(open()) ? resolved.plus(GIVEN_UP_AFTER) : null);
  }

  /** What was counted stays counted; who it was is forgotten. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    jdbi.useHandle(
        handle -> {
          for (String table : List.of("issue_exposure_due", "issue_exposure_session")) {
            handle
                .createUpdate(LEAVE.formatted(table))
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute();
          }
        });
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(handle -> handle.createUpdate(FORGET).bind("before", before).execute());
    return Deleted.NOTHING;
  }
}
