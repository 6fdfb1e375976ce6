package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.promotion.CountSettlement;
import dev.retrospec.issues.promotion.IssuePromotion;
import dev.retrospec.issues.promotion.PromotionCandidates;
import dev.retrospec.issues.promotion.PromotionConfig;
import dev.retrospec.issues.trends.ClusterHours;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.patterns.ProductionLinks;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.StoredMarkers;
import dev.retrospec.sessions.Visitor;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A project of its own in which things go wrong, with all use cases around it as in the server. */
public final class Incidents {

  public final TestDatabase database = TestDatabase.get();
  public final Jdbi jdbi = database.jdbi();
  public final ProjectId project = database.newProject();
  public final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  public final MeterRegistry meters = new SimpleMeterRegistry();
  public final RecordedEvents<IssuePromoted> promotions = new RecordedEvents<>();
  public final RecordedEvents<ClustersFound> found = new RecordedEvents<>();
  public final RecordedEvents<IssueRegressed> regressions = new RecordedEvents<>();
  public final RecordedEvents<ClustersJoined> joins = new RecordedEvents<>();

  public final ErrorMarkers markers = new ErrorMarkers(jdbi);
  public final ClusterDecisions decisions = new ClusterDecisions(jdbi);
  public final ClusterCounts counts = new ClusterCounts(jdbi);
  public final ClusterLegacies legacies = new ClusterLegacies(jdbi);
  public final ClusterMoves moves = new ClusterMoves(jdbi, counts, legacies);
  public final MarkerIntake intake =
      new MarkerIntake(
          new ClusterContributions(jdbi),
          decisions,
          markers,
          new ClusterVisitors(jdbi),
          new NoiseRules(jdbi, clock),
          found,
          meters,
          clock);
  public final ProductionLinks tests = CiMemory.productionLinks(jdbi, clock);
  public final ClusterConstraints constraints = new ClusterConstraints(jdbi);
  public final ClusterAliases aliases = new ClusterAliases(jdbi);
  public final ClusterUnion union =
      new ClusterUnion(
          decisions, moves, legacies, new ClusterHeirs(jdbi), constraints, tests, joins);
  public final NearDuplicates duplicates =
      new NearDuplicates(
          jdbi, CiMemory.signatures(jdbi), constraints, counts, union, meters, clock);
  public final ClusterDepartures departures = new ClusterDepartures(jdbi, constraints);
  public final MarkerMoves markerMoves =
      new MarkerMoves(jdbi, new RegroupedClusters(jdbi, found, clock), departures, counts, clock);
  public final MarkerRegrouping regrouping =
      new MarkerRegrouping(
          new StoredMarkers(jdbi), markerMoves, departures, decisions, counts, legacies, union);
  public final IssueQueries queries = new IssueQueries(jdbi, decisions, clock);
  public final MarkerTransfers transfers = new MarkerTransfers(jdbi);
  private final MovesUnderWay underWay =
      new MovesUnderWay(new RegroupRuns(jdbi), transfers, decisions);
  public final IssueSplit split =
      new IssueSplit(counts, underWay, moves, legacies, decisions, constraints, queries);
  public final RecordedEvents<MarkersTransferred> transferred = new RecordedEvents<>();
  public final TransferSlices slices =
      new TransferSlices(
          new StoredMarkers(jdbi),
          decisions,
          markerMoves,
          transfers,
          counts,
          legacies,
          union,
          new Outbox(database, clock, Map.of()).queue,
          transferred,
          clock);
  public final IssueMerge merge =
      new IssueMerge(counts, union, slices, underWay, decisions, constraints, queries);
  public final IssueSeparation separation =
      new IssueSeparation(
          counts, decisions, aliases, constraints, legacies, underWay, transfers, slices, queries);
  public final IssuePromotion promotion = promotion(new PromotionConfig(2, true, Duration.ZERO));
  public final CountSettlement settlement =
      new CountSettlement(new ClusterFold(counts, moves), promotion, new ClusterHours(jdbi, clock));

  public ClusterRegroup regroup() {
    RegroupParts parts = new RegroupParts(jdbi);
    return new ClusterRegroup(
        new RegroupRuns(jdbi),
        parts,
        new StoredMarkers(jdbi),
        regrouping,
        markerMoves,
        counts,
        constraints,
        new RegroupSuccession(parts, aliases, decisions, legacies, union),
        transfers,
        new Outbox(database, clock, Map.of()).queue,
        clock);
  }

  public IssuePromotion promotion(PromotionConfig config) {
    return new IssuePromotion(
        new PromotionCandidates(jdbi), queries, config, promotions, regressions, meters, clock);
  }

  /** A session with markers, taken in and considered as one request of the server does it. */
  public MarkerIntake.Taken visit(String session, String visitor, ObservedMarker... observed) {
    return database.inTransaction(
        () -> {
          MarkerIntake.Taken taken = visitUnconsidered(session, visitor, observed);
          promotion.consider(project, taken.touched(), PromotionTrigger.INGEST);
          return taken;
        });
  }

  /** The same without promotion; in the caller's transaction. */
  public MarkerIntake.Taken visitUnconsidered(
      String session, String visitor, ObservedMarker... observed) {
    store(session);
    return intake.record(project, new SessionId(session), new Visitor(visitor), List.of(observed));
  }

  /** The session's own row, received now. */
  public void store(String session) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into session (project_id, id, site, route, started_at, ended_at,"
                    + " duration_ms, created_at) values (?, ?, 'shop.test', '/', ?, ?, 0, ?)"
                    + " on conflict do nothing",
                project,
                session,
                clock.instant(),
                clock.instant(),
                clock.instant()));
  }

  /** A new session of this release and browser shows a failure. */
  public ClusterKey visitOf(String session, String release, String browser, ObservedMarker marker) {
    store(session);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update session set release = ?, browser = ? where project_id = ? and id = ?",
                release,
                browser,
                project,
                session));
    return only(visit(session, "u:" + session, marker).touched());
  }

  public void settle() {
    database.inTransaction(settlement::settle);
  }

  public <T> T inTransaction(Callable<T> work) {
    return database.inTransaction(work);
  }

  public IssueView cluster(ClusterKey key) {
    return queries.cluster(project, key).orElseThrow();
  }

  public ClusterKey only(Set<ClusterKey> keys) {
    return keys.iterator().next();
  }

  /** Clusters and sessions of clusters whose counts are not what the markers say; after a fold. */
  public List<Map<String, Object>> miscounted() {
    return rows(
        """
        with shown as (
          select project_id, cluster_key as key, session_id, count(*) as markers
          from error_marker where project_id = ? and noise is null group by 1, 2, 3)
        select 'session' as what, coalesce(s.cluster_key, m.key) as key
        from (select * from cluster_session where project_id = ?) s
        full join shown m on m.key = s.cluster_key and m.session_id = s.session_id
        where s.marker_count is distinct from m.markers
        union all
        select 'cluster', coalesce(c.key, t.key)
        from (select * from issue_cluster where project_id = ?) c
        full join (
          select cluster_key as key, count(*) as sessions, count(distinct visitor) as users,
                 sum(marker_count) as markers
          from cluster_session where project_id = ? group by 1) t on t.key = c.key
        where (c.session_count, c.user_count, c.marker_count)
          is distinct from (t.sessions::integer, t.users::integer, t.markers::bigint)
        """,
        project,
        project,
        project,
        project);
  }

  /** One row with one number. */
  public long count(String sql, Object... arguments) {
    return jdbi.withHandle(handle -> handle.select(sql, arguments).mapTo(Long.class).one());
  }

  public List<Map<String, Object>> rows(String sql, Object... arguments) {
    return jdbi.withHandle(handle -> handle.select(sql, arguments).mapToMap().list());
  }

  public ObservedMarker exception(String id, String label) {
    return marker(id, MarkerKind.JS_EXCEPTION, label, null);
  }

  public ObservedMarker marker(String id, MarkerKind kind, String label, @Nullable String hint) {
    return new ObservedMarker(
        new MarkerId(id),
        kind,
        null,
        hint,
        label,
        null,
        "/checkout",
        1_500,
        null,
        null,
        null,
        List.of(),
        clock.instant());
  }
}
