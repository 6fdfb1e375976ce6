package dev.retrospec.issues.trends;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * The hourly counts of clusters. They are derived: whatever happened to a cluster, writing the
 * hours anew makes them right. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterHours implements ExpiringData {

  /** Trends go back a week; what expires keeps its hours a while, because the past is compared. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** A settlement may lag behind; what it folds was taken in before. */
  private static final Duration LAG = Duration.ofMinutes(10);

  /** An hour with so many sessions is read at most every ten minutes, a smaller one each minute. */
  static final int LARGE = 10_000;

  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The rest of an hour stands together, so that made-up releases fill no table. */
  private static final int MAX_PARTS_OF_AN_HOUR = 40;

  /** In the order of keys, as all who write several rows. */
  private static final String DUE =
      """
      insert into cluster_hour_due as d (project_id, cluster_key, since)
      select t.project, t.key, :since
      from jsonb_to_recordset(cast(:touched as jsonb)) as t(project text, key text)
      join project p on p.id = t.project
      order by 1, 2
      on conflict (project_id, cluster_key) do update set since = excluded.since
      where excluded.since < d.since
      """;

  /** A large cluster waits; what is older than a settlement's lag has moved, or waited enough. */
  private static final String TAKE =
      """
      delete from cluster_hour_due where (project_id, cluster_key) in (
        select d.project_id, d.cluster_key from cluster_hour_due d
        where d.since <= :patient or coalesce((
          select sum(h.sessions) from cluster_hour h
          where h.project_id = d.project_id and h.cluster_key = d.cluster_key
            and h.hour >= date_trunc('hour', d.since, 'UTC')), 0) < :large
        order by d.since, d.project_id, d.cluster_key limit :limit for update of d skip locked)
      returning project_id, cluster_key, since
      """;

  private static final String OLDEST =
      "select min(created_at) from session where project_id = :project and created_at >= :earliest";

  private static final String FORGET_FROM =
      """
      delete from cluster_hour
      where project_id = :project and cluster_key = :key and hour >= :from
      returning hour, kind, release, browser, -sessions as sessions
      """;

  private static final String WRITE =
      """
      with counted as (
        select date_trunc('hour', cs.created_at, 'UTC') as hour,
               coalesce(m.release, s.release, '') as release, coalesce(s.browser, '') as browser,
               count(*)::integer as sessions, sum(cs.marker_count) as markers
        from cluster_session cs
        join session s on s.project_id = cs.project_id and s.id = cs.session_id
        left join error_marker m on m.project_id = cs.project_id
          and m.session_id = cs.session_id and m.id = cs.first_marker_id
        where cs.project_id = :project and cs.cluster_key = :key and cs.created_at >= :from
        group by 1, 2, 3),
      ranked as (
        select *, row_number() over (partition by hour order by sessions desc, release, browser)
          as place
        from counted)
      insert into cluster_hour
        (project_id, cluster_key, hour, release, browser, sessions, markers, kind)
      select :project, :key, hour, case when place <= :parts then release else '' end,
             case when place <= :parts then browser else '' end, sum(sessions), sum(markers),
             c.kind
      from ranked
      join issue_cluster c on c.project_id = :project and c.key = :key
      group by 3, 4, 5, c.kind
      returning hour, kind, release, browser, sessions
      """;

  private static final List<String> FORGET =
      List.of(
          "delete from cluster_hour where hour < :before",
          """
          delete from cluster_hour h where h.hour < :swept and not exists (
            select from issue_cluster c where c.project_id = h.project_id and c.key = h.cluster_key)
          """);

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public ClusterHours(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterHours() {
    this(null, null);
  }

  /** A cluster whose hours may be wrong from then on. */
  record Due(ProjectId projectId, ClusterKey key, Instant since) {}

  private record Touched(String project, String key) {}

  /** Clusters that have just been seen again, or have changed otherwise. */
  public void touched(Map<ProjectId, Set<ClusterKey>> clusters) {
    List<Touched> rows = new ArrayList<>();
    clusters.forEach(
        (project, keys) ->
            keys.forEach(key -> rows.add(new Touched(project.value(), key.value()))));
    due(rows, clock.instant().minus(LAG));
  }

  private void due(List<Touched> rows, Instant since) {
    if (!rows.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(DUE)
                  .bind("touched", Json.write(rows))
                  .bind("since", since)
                  .execute());
    }
  }

  /**
   * Takes what is due, at most so many; what another node has taken is left out, and so is for
   * {@link #PATIENCE} what is {@link #LARGE}.
   */
  List<Due> take(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TAKE)
                .bind("limit", limit)
                .bind("large", LARGE)
                .bind("patient", clock.instant().minus(LAG).minus(PATIENCE))
                .map(
                    (row, context) ->
                        new Due(
                            new ProjectId(row.getString("project_id")),
                            new ClusterKey(row.getString("cluster_key")),
                            row.getTimestamp("since").toInstant()))
                .list());
  }

  /**
   * Writes a cluster's hours anew, from the hour in which {@code since} lies.
   *
   * @return what stood there, as fewer than none, and what stands there now
   */
  List<ProjectHours.Change> write(Due due) {
    Instant earliest = clock.instant().minus(KEPT);
    Instant since =
        due.since().isBefore(earliest) ? stored(due.projectId(), earliest) : due.since();
    Instant from = since.truncatedTo(ChronoUnit.HOURS);
    List<ProjectHours.Change> changes = new ArrayList<>();
    jdbi.useHandle(
        handle -> {
          changes.addAll(changes(handle.createQuery(FORGET_FROM), due, from));
          changes.addAll(
              changes(handle.createQuery(WRITE).bind("parts", MAX_PARTS_OF_AN_HOUR), due, from));
        });
    return changes;
  }

  /**
   * When the oldest session came that can be counted again: hours before it are true as they are.
   */
  private Instant stored(ProjectId project, Instant earliest) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OLDEST)
                .bind("project", project)
                .bind("earliest", earliest)
                .mapTo(Instant.class)
                .findOne()
                .orElse(clock.instant()));
  }

  private static List<ProjectHours.Change> changes(Query query, Due due, Instant from) {
    return query
        .bind("project", due.projectId())
        .bind("key", due.key())
        .bind("from", from)
        .map(
            (row, context) ->
                new ProjectHours.Change(
                    due.projectId().value(),
                    row.getTimestamp("hour").toInstant(),
                    row.getString("kind"),
                    row.getString("release"),
                    row.getString("browser"),
                    row.getInt("sessions")))
        .list();
  }

  /** Hours outlive the sessions that they count. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(
        handle -> {
          handle.createUpdate(FORGET.get(0)).bind("before", clock.instant().minus(KEPT)).execute();
          handle.createUpdate(FORGET.get(1)).bind("swept", before).execute();
        });
    return Deleted.NOTHING;
  }
}
