package dev.retrospec.workers.sourcemaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MarkerRegrouping;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.promotion.StackSettlement;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.MarkerStacks;
import dev.retrospec.sessions.MarkerStacks.MarkerStack;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.StoredMarkers;
import dev.retrospec.sessions.UnreadStacks;
import dev.retrospec.sourcemaps.MapShelf;
import dev.retrospec.sourcemaps.SymbolicationTask;
import dev.retrospec.sourcemaps.symbols.StackText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From the upload of a map and the sight of a stack to one issue with the original code. */
class SymbolicationJobTest {

  private static final String OLD = "https://shop.example/app-1a2b3c4d.js";
  private static final String NEW = "https://shop.example/app-9f8e7d6c.js";
  private static final String OTHER_ID = "00000000-023f-4cf1-a267-535f4e37bb17";

  /** Column 11 is {@code src/cart.ts} 2:3 in {@code totalOf}; column 21 is 9:1 in {@code pay}. */
  private static final String MAP =
      "{\"version\":3,\"sources\":[\"src/cart.ts\"],\"names\":[\"totalOf\",\"pay\"],"
          + "\"mappings\":\"UACE,UAOF\",\"x_retrospec_functions\":\"AAAeC,AeA8BE\"}";

  private final Incidents shop = new Incidents();
  private final MapShelf shelf = new MapShelf(shop.project, shop.clock);
  private final MarkerStacks stacks = new MarkerStacks(shop.jdbi);
  private final UnreadStacks unread = new UnreadStacks(shop.jdbi);
  private final StackSettlement settlement =
      new StackSettlement(shop.counts, unread, shop.promotion);
  private final AtomicInteger read = new AtomicInteger();
  private boolean isDatabaseAway;
  private @Nullable SessionId poisoned;
  private final MapCache cache =
      new MapCache(
          key -> {
            read.incrementAndGet();
            return shelf.objects.open(key);
          },
          1 << 20);
  private final SymbolicationJob work =
      new SymbolicationJob(
          new StackReading(shelf.maps, cache, shelf.stacks, stacks, transactional(), shop.clock),
          stacks,
          settlement,
          shelf.maps,
          shelf.outbox.queue);

  /** Plays the container: each regrouping is a transaction of its own. */
  private MarkerRegrouping transactional() {
    return new MarkerRegrouping(
        new StoredMarkers(shop.jdbi),
        shop.markerMoves,
        shop.departures,
        shop.decisions,
        shop.counts,
        shop.legacies,
        shop.union) {
      @Override
      public int regroup(ProjectId project, SessionId session, Set<MarkerId> ids) {
        if (isDatabaseAway || session.equals(poisoned)) {
          throw new IllegalStateException("the database is away");
        }
        return shop.database.inTransaction(() -> super.regroup(project, session, ids));
      }
    };
  }

  @Test
  void theFirstSightOfAStackIsReadAndRemembered() {
    shelf.put(MapShelf.ID, null, null, MAP);
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID));

    perform(SymbolicationTask.ofMarkers(shop.project, session("s1"), ids("m1")).payloadJson());

    assertThat(original("s1", "m1"))
        .isEqualTo(
            "TypeError: boom\n    at totalOf (src/cart.ts:2:3)\n    at pay (src/cart.ts:9:1)");
    StackText text = StackText.of(stack("a", OLD));
    var key = text.key(null, Map.of(OLD, MapShelf.ID));
    assertThat(shelf.stacks.lookUp(shop.project, Set.of(key), shop.clock.instant()))
        .containsOnlyKeys(key);
  }

  @Test
  void aLateMapRegroupsWhatTwoBuildsHadSetApart() {
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID));
    shop.visit("s2", "u:bob", failure("m1", "q", NEW, OTHER_ID));
    shop.settle();
    Set<ClusterKey> apart = clusters();
    shelf.put(MapShelf.ID, "1", "app.js", MAP);
    shelf.put(OTHER_ID, "2", "app.js", MAP);

    lateMaps();
    shop.settle();

    assertThat(original("s1", "m1")).isEqualTo(original("s2", "m1")).contains("totalOf");
    assertThat(clusters()).hasSize(1);
    IssueView one = shop.cluster(shop.only(clusters()));
    assertThat(one.sessionCount()).isEqualTo(2);
    assertThat(one.userCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
    assertThat(apart).isNotEmpty();
  }

  @Test
  void whatWasToldBeforeTheDatabaseWentAwayIsRegroupedWithTheNextTry() {
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID));
    shop.visit("s2", "u:bob", failure("m1", "q", NEW, OTHER_ID));
    shelf.put(MapShelf.ID, "1", "app.js", MAP);
    shelf.put(OTHER_ID, "2", "app.js", MAP);

    isDatabaseAway = true;
    assertThatThrownBy(this::lateMaps).hasMessageContaining("away");
    isDatabaseAway = false;
    lateMaps();

    assertThat(clusters()).hasSize(1);
  }

  @Test
  void aResolvedIssueHasNotComeBackBeforeTheStackThatLooksLikeItIsRead() {
    ClusterKey resolved = aResolvedIssueThatIsMetUnread();

    shop.settle();
    shop.database.inTransaction(settlement::settleOverdue);
    assertThat(shop.cluster(resolved).state()).isEqualTo(TriageState.RESOLVED);
    perform(SymbolicationTask.ofMarkers(shop.project, session("s3"), ids("m1")).payloadJson());
    assertThat(shop.cluster(resolved).state()).isEqualTo(TriageState.REGRESSED);
  }

  @Test
  void oneMarkerThatCannotBeReadKeepsNoOtherFromIt() {
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID));
    shop.visit("s2", "u:bob", failure("m1", "q", NEW, OTHER_ID));
    shop.visit("s3", "u:cy", failure("m1", "a", OLD, MapShelf.ID));
    shelf.put(MapShelf.ID, "1", "app.js", MAP);
    shelf.put(OTHER_ID, "2", "app.js", MAP);
    shop.clock.pass(Duration.ofMinutes(1));
    String late = String.valueOf(waiting(0));
    poisoned = session("s1");

    assertThatThrownBy(() -> perform(late, 1)).isInstanceOf(IllegalStateException.class);
    perform(late, 3);

    assertThat(clusterOf("s2")).isEqualTo(clusterOf("s3")).isNotEqualTo(clusterOf("s1"));
  }

  private String clusterOf(String session) {
    return shop.rows(
            "select cluster_key from error_marker where project_id = ? and session_id = ?",
            shop.project,
            session)
        .get(0)
        .toString();
  }

  @Test
  void anOutageOfTheWorkersHidesNoReturnForLongerThanAMinute() {
    ClusterKey resolved = aResolvedIssueThatIsMetUnread();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set unread_until = now() - interval '1 second'"
                    + " where project_id = ? and unread_until is not null",
                shop.project));

    shop.database.inTransaction(settlement::settleOverdue);

    assertThat(shop.cluster(resolved).state()).isEqualTo(TriageState.REGRESSED);
  }

  private ClusterKey aResolvedIssueThatIsMetUnread() {
    ClusterKey resolved =
        shop.only(shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID)).touched());
    shop.visit("s2", "u:bob", failure("m1", "a", OLD, MapShelf.ID));
    shop.settle();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'resolved', resolved_at = ?"
                    + " where project_id = ? and key = ?",
                shop.clock.instant(),
                shop.project,
                resolved));
    shop.clock.pass(Duration.ofMinutes(5));
    shop.database.inTransaction(
        () -> {
          shop.visitUnconsidered("s3", "u:cy", failure("m1", "a", OLD, MapShelf.ID));
          unread.await(shop.project, session("s3"), ids("m1"));
        });
    return resolved;
  }

  @Test
  void lateMapsAreReadForInSlices() {
    int many = SymbolicationJob.SLICE + 3;
    for (int i = 0; i < many; i++) {
      shop.visit("s%04d".formatted(i), "u:ann", failure("m1", "a", OLD, MapShelf.ID));
    }
    shelf.put(MapShelf.ID, "1", "app.js", MAP);

    int slices = lateMaps();

    assertThat(slices).isEqualTo(2);
    assertThat(original("s0000", "m1")).isNotNull();
    assertThat(original("s%04d".formatted(many - 1), "m1")).isNotNull();
    assertThat(read.get()).as("one map, however many stacks").isEqualTo(1);
  }

  @Test
  void releaseAndAddressFindTheMapWhereNoIdIsTold() {
    shelf.put(null, "7", "~/app-1a2b3c4d.js", MAP);
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, null));
    shop.jdbi.useHandle(
        handle ->
            handle.execute("update session set release = '7' where project_id = ?", shop.project));

    perform(SymbolicationTask.ofMarkers(shop.project, session("s1"), ids("m1")).payloadJson());

    assertThat(original("s1", "m1")).contains("totalOf");
  }

  @Test
  void withoutAMapTheStackStaysAsItIs() {
    shop.visit("s1", "u:ann", failure("m1", "a", OLD, MapShelf.ID));

    perform(SymbolicationTask.ofMarkers(shop.project, session("s1"), ids("m1")).payloadJson());

    assertThat(original("s1", "m1")).isNull();
  }

  private static String stack(String name, String url) {
    return "TypeError: boom\n    at %1$s (%2$s:1:11)\n    at %1$s.x (%2$s:1:21)"
        .formatted(name, url);
  }

  private ObservedMarker failure(String id, String name, String url, @Nullable String debugId) {
    return new ObservedMarker(
        new MarkerId(id),
        MarkerKind.JS_EXCEPTION,
        "uncaught",
        null,
        "TypeError: boom",
        null,
        "/cart",
        5,
        new ErrorDetail(
            "TypeError",
            "boom",
            stack(name, url),
            null,
            null,
            debugId == null ? null : Map.of(url, debugId),
            null),
        null,
        null,
        List.of(),
        shop.clock.instant());
  }

  private void perform(String payload) {
    perform(payload, 1);
  }

  private void perform(String payload, int attempt) {
    Job job =
        new Job(new JobId(1), JobKind.SYMBOLICATION, shop.project, "subject", payload, attempt, 3);
    Runnable result = work.perform(job);
    shop.database.inTransaction(result);
  }

  /** Does what is waiting, one after the other. */
  private int lateMaps() {
    shop.clock.pass(Duration.ofMinutes(1));
    int done = 0;
    String next = waiting(done);
    while (next != null) {
      perform(next);
      done++;
      next = waiting(done);
    }
    return done;
  }

  private @Nullable String waiting(int done) {
    return shop.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select payload::text from job where kind = 'symbolication'"
                        + " and project_id = :project order by id offset :done limit 1")
                .bind("project", shop.project)
                .bind("done", done)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  private @Nullable String original(String session, String marker) {
    MarkerStack stack = stacks.of(shop.project, session(session), ids(marker)).get(0);
    return stack.error().originalStack();
  }

  private Set<ClusterKey> clusters() {
    return Set.copyOf(
        shop.jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct cluster_key from error_marker where project_id = :project")
                    .bind("project", shop.project)
                    .mapTo(ClusterKey.class)
                    .list()));
  }

  private static SessionId session(String id) {
    return new SessionId(id);
  }

  private static Set<MarkerId> ids(String id) {
    return Set.of(new MarkerId(id));
  }
}
