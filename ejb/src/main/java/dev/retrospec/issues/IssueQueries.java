package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueFilter.Sort;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.platform.persistence.LikePattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads issues, which are promoted clusters, and what belongs to them. A key that was merged into
 * another one is answered with that one, so that old links keep working.
 */
@ApplicationScoped
public class IssueQueries {

  /** The contract's range of the statistics: an hour to 30 days. */
  public static final Duration MAX_LOOKBACK = Duration.ofHours(720);

  private static final String MATCHES =
      " where c.promoted_at is not null and c.state = any(:states)"
          + " and (cast(:kind as text) is null or c.kind = :kind)"
          + " and (cast(:pattern as text) is null or c.symptom ilike :pattern"
          + " or c.route ilike :pattern or c.key ilike :pattern or c.assignee ilike :pattern)";

  private static final String COUNTS =
      "select c.state, count(*) as issues from "
          + IssueRows.CURRENT
          + " where c.promoted_at is not null group by c.state";

  private static final String EACH =
      "select k.asked, c.* from unnest(:keys) as k(asked)"
          + " left join cluster_alias a on a.project_id = :project and a.source_key = k.asked"
          + " join "
          + IssueRows.CURRENT
          + " on c.key = coalesce(a.target_key, k.asked) where c.promoted_at is not null";

  private static final String STATS =
      """
      select kind, count(*) as marker_count, count(distinct session_id) as session_count,
             count(distinct cluster_key) as cluster_count, max(created_at) as last_seen_at
      from error_marker
      where project_id = :project and created_at >= :since and noise is null
      group by kind
      order by marker_count desc, kind
      """;

  private static final String SESSIONS =
      """
      select s.id as session_id, s.project_id, s.site, s.route, s.started_at, s.duration_ms,
             cs.last_observed_at, cs.marker_count, coalesce(r.status, '') as report_status,
             coalesce(r.confidence, 0) as report_confidence,
             coalesce(r.symptom, '') as report_symptom, cs.first_marker_id
      from cluster_session cs
      join session s on s.project_id = cs.project_id and s.id = cs.session_id
      left join report_card r on r.project_id = cs.project_id and r.session_id = cs.session_id
      where cs.project_id = :project and cs.cluster_key = :key
        and (cast(:status as text) is null or r.status = :status)
        and (cast(:confidence as float8) is null or r.confidence >= :confidence)
      order by cs.created_at desc, cs.session_id
      limit :limit
      """;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;
  private final Clock clock;

  @Inject
  public IssueQueries(Jdbi jdbi, ClusterDecisions decisions, Clock clock) {
    this.jdbi = jdbi;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueQueries() {
    this(null, null, null);
  }

  private record Positioned(IssueView issue, long position) {}

  /** A piece of the list; the next one begins behind its last issue, also when counts move. */
  public Page<IssueView> list(ProjectId project, IssueFilter filter) {
    String position = position(filter.sort());
    StringBuilder sql =
        new StringBuilder("select c.*, ")
            .append(position)
            .append(" as position from ")
            .append(IssueRows.CURRENT)
            .append(MATCHES);
    if (filter.newInRelease()) {
      sql.append(" and ").append(NewInRelease.CONDITION);
    }
    Optional<Cursor> after = Optional.ofNullable(filter.after());
    if (after.isPresent()) {
      sql.append(" and (").append(position).append(", c.key) < (:position, :after)");
    }
    sql.append(" order by position desc, c.key desc limit :limit");
    List<Positioned> rows =
        jdbi.withHandle(
            handle -> {
              Query query =
                  handle
                      .createQuery(sql)
                      .bind("project", project)
                      .bind("now", clock.instant())
                      .bindArray("states", String.class, states(filter.tab()))
                      .bind("kind", filter.kind() == null ? null : filter.kind().wireName())
                      .bind(
                          "pattern", filter.q() == null ? null : LikePattern.containing(filter.q()))
                      .bind("limit", filter.limit() + 1);
              after.ifPresent(
                  cursor ->
                      query
                          .bind("position", ChronoUnit.MICROS.between(Instant.EPOCH, cursor.at()))
                          .bind("after", cursor.id()));
              return query
                  .map(
                      (row, context) ->
                          new Positioned(IssueRows.view(row, context), row.getLong("position")))
                  .list();
            });
    Page<Positioned> page = Page.of(rows, filter.limit(), IssueQueries::cursor);
    return new Page<>(page.items().stream().map(Positioned::issue).toList(), page.nextCursor());
  }

  /** How many issues each tab has; every tab is there. */
  public Map<Tab, Long> counts(ProjectId project) {
    Map<Tab, Long> counts = new EnumMap<>(Tab.class);
    for (Tab tab : Tab.values()) {
      counts.put(tab, 0L);
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(COUNTS)
                .bind("project", project)
                .bind("now", clock.instant())
                .map(
                    (row, context) ->
                        Map.entry(
                            TriageState.fromWireName(row.getString("state")),
                            row.getLong("issues")))
                .forEach(
                    counted ->
                        counts.replaceAll(
                            (tab, sum) ->
                                tab.shows(counted.getKey()) ? sum + counted.getValue() : sum)));
    return counts;
  }

  /** The issue of this key, or the one it was merged into; empty for a cluster not promoted. */
  public Optional<IssueView> find(ProjectId project, ClusterKey key) {
    return cluster(project, decisions.current(project, key))
        .filter(issue -> issue.promotedAt() != null);
  }

  /**
   * The same for several, by the keys that were asked for; those without an issue are left out. One
   * query, however many.
   */
  public Map<ClusterKey, IssueView> find(ProjectId project, Collection<ClusterKey> keys) {
    Map<ClusterKey, IssueView> found = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(EACH)
                .bind("project", project)
                .bind("now", clock.instant())
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .map(
                    (row, context) ->
                        Map.entry(
                            new ClusterKey(row.getString("asked")), IssueRows.view(row, context)))
                .forEach(each -> found.put(each.getKey(), each.getValue())));
    return found;
  }

  /** The cluster of exactly this key, promoted or not. */
  public Optional<IssueView> cluster(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select c.* from " + IssueRows.CURRENT + " where c.key = :key")
                .bind("project", project)
                .bind("now", clock.instant())
                .bind("key", key)
                .map(IssueRows::view)
                .findOne());
  }

  /**
   * Markers that came in since then, by kind, promoted or not and without noise; kinds without any
   * are left out.
   *
   * @param lookback an hour to {@link #MAX_LOOKBACK}
   */
  public List<KindStats> stats(ProjectId project, Duration lookback) {
    if (lookback.compareTo(Duration.ofHours(1)) < 0 || lookback.compareTo(MAX_LOOKBACK) > 0) {
      throw new InvalidRequest("hours must be 1 to " + MAX_LOOKBACK.toHours());
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(STATS)
                .bind("project", project)
                .bind("since", clock.instant().minus(lookback))
                .map(ConstructorMapper.of(KindStats.class))
                .list());
  }

  /**
   * The sessions that showed the failure, those first that did so last.
   *
   * @throws NotFound when the project has no such cluster
   */
  public List<ClusterSession> sessions(
      ProjectId project, ClusterKey key, ClusterSessionFilter filter) {
    ClusterKey current = decisions.current(project, key);
    if (!decisions.exists(project, current)) {
      throw new NotFound("Issue");
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SESSIONS)
                .bind("project", project)
                .bind("key", current)
                .bind("status", filter.reportStatus())
                .bind("confidence", filter.minConfidence())
                .bind("limit", filter.limit())
                .map(ConstructorMapper.of(ClusterSession.class))
                .list());
  }

  private static List<String> states(Tab tab) {
    return Arrays.stream(TriageState.values())
        .filter(tab::shows)
        .map(TriageState::wireName)
        .toList();
  }

  /** Every order as one whole number, so that one cursor serves all. */
  private static String position(Sort sort) {
    return switch (sort) {
      case LAST_SEEN -> micros("c.last_seen_at");
      case FIRST_SEEN -> micros("c.first_seen_at");
      case SESSIONS -> "c.session_count::bigint";
      case USERS -> "c.user_count::bigint";
      case CONFIDENCE -> "(c.confidence * 1000)::bigint";
    };
  }

  private static String micros(String column) {
    return "(extract(epoch from " + column + ") * 1000000)::bigint";
  }

  /** {@link Cursor} counts microseconds since 1970; a position is such a number, whatever of. */
  private static String cursor(Positioned row) {
    return new Cursor(
            Instant.EPOCH.plus(row.position(), ChronoUnit.MICROS), row.issue().key().value())
        .encoded();
  }
}
