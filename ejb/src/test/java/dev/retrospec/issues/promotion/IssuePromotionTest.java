package dev.retrospec.issues.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.sessions.UnreadStacks;
import dev.retrospec.testing.LockOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IssuePromotionTest {

  private final Incidents shop = new Incidents();

  @Test
  void promotesWhenTwoSessionsShareAFingerprint() {
    ClusterKey key = visit("s1", "u:ann");
    assertThat(shop.queries.find(shop.project, key)).isEmpty();

    visit("s2", "u:bob");

    IssueView issue = shop.queries.find(shop.project, key).orElseThrow();
    assertThat(issue.promotedAt()).isEqualTo(shop.clock.instant());
    assertThat(issue.promotionTrigger()).isEqualTo(PromotionTrigger.INGEST);
    assertThat(issue.promotionReason())
        .isEqualTo("Seen in 2 sessions by 2 users, 2 markers; the threshold is 2 sessions.");
    assertThat(issue.state()).isEqualTo(TriageState.OPEN);
    assertThat(shop.promotions.fired())
        .containsExactly(new IssuePromoted(shop.project, key, PromotionTrigger.INGEST));
  }

  @Test
  void oneSessionThatFailsOverAndOverIsNoIssue() {
    ClusterKey key = visit("s1", "u:ann");
    shop.visit("s1", "u:ann", shop.exception("m2", "boom"), shop.exception("m3", "boom"));
    shop.settle();

    assertThat(shop.queries.find(shop.project, key)).isEmpty();
    assertThat(shop.promotions.fired()).isEmpty();
  }

  @Test
  void twoRequestsThatCannotSeeEachOtherPromoteWithinTheNextFold() {
    ClusterKey key = unconsidered("s1", "u:ann");
    unconsidered("s2", "u:bob");

    shop.settle();

    assertThat(shop.queries.find(shop.project, key)).isPresent();
    assertThat(shop.promotions.fired()).hasSize(1);
  }

  @Test
  void ingestPromotesNothingWhenItIsSwitchedOff() {
    IssuePromotion manual = shop.promotion(new PromotionConfig(2, false, Duration.ZERO));
    ClusterKey key = unconsidered("s1", "u:ann");
    unconsidered("s2", "u:bob");

    shop.database.inTransaction(
        () -> manual.consider(shop.project, java.util.Set.of(key), PromotionTrigger.INGEST));
    assertThat(shop.queries.find(shop.project, key)).isEmpty();

    List<IssueView> promoted =
        shop.inTransaction(() -> manual.promote(shop.project, PromotionTrigger.MANUAL));
    assertThat(promoted).extracting(IssueView::key).containsExactly(key);
    assertThat(promoted.get(0).sessionCount()).isEqualTo(2);
    assertThat(promoted.get(0).promotionTrigger()).isEqualTo(PromotionTrigger.MANUAL);
  }

  @Test
  void promotingAgainPromotesNothingMoreAndAnswersTheSame() {
    unconsidered("s1", "u:ann");
    unconsidered("s2", "u:bob");
    List<IssueView> first =
        shop.inTransaction(() -> shop.promotion.promote(shop.project, PromotionTrigger.MANUAL));

    assertThat(
            shop.inTransaction(() -> shop.promotion.promote(shop.project, PromotionTrigger.TIMER)))
        .hasSize(1)
        .isEqualTo(first);

    assertThat(shop.promotions.fired()).hasSize(1);
  }

  @Test
  void foldedAndUnfoldedCountsPromoteAlike() {
    ClusterKey key = unconsidered("s1", "u:ann");
    shop.inTransaction(() -> new dev.retrospec.issues.ClusterFold(shop.counts, shop.moves).fold());
    unconsidered("s2", "u:bob");

    assertThat(
            shop.inTransaction(() -> shop.promotion.promote(shop.project, PromotionTrigger.TIMER)))
        .extracting(IssueView::key)
        .containsExactly(key);
  }

  @Test
  void timerPromotesInEveryProject() {
    Incidents other = new Incidents();
    ClusterKey here = unconsidered("s1", "u:ann");
    unconsidered("s2", "u:bob");
    other.inTransaction(() -> other.visitUnconsidered("s1", "u:a", other.exception("m1", "bang")));
    other.inTransaction(() -> other.visitUnconsidered("s2", "u:b", other.exception("m1", "bang")));

    shop.database.inTransaction(() -> shop.promotion.promoteAll(PromotionTrigger.TIMER));

    assertThat(shop.queries.find(shop.project, here)).isPresent();
    assertThat(other.queries.list(other.project, IssueFilter.ALL).items()).hasSize(1);
  }

  @Test
  void manyNodesPromoteOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      shop.inTransaction(() -> shop.visitUnconsidered("s1", "u:a", shop.exception("m1", "one")));
    }
    for (String label : List.of("one", "two", "three")) {
      for (String session : List.of("s1", "s2")) {
        shop.inTransaction(
            () ->
                shop.visitUnconsidered(
                    session, "u:" + session, shop.exception("m-" + label, label)));
      }
    }

    ExecutorService nodes = Executors.newFixedThreadPool(6);
    try {
      Callable<List<IssueView>> promote =
          () ->
              shop.inTransaction(
                  () -> shop.promotion.promote(shop.project, PromotionTrigger.TIMER));
      for (Future<List<IssueView>> one :
          nodes.invokeAll(List.of(promote, promote, promote, promote, promote, promote))) {
        assertThat(one.get()).hasSize(3);
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(shop.promotions.fired())
        .extracting(IssuePromoted::key)
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void ofTwoNodesThatPromoteAtOnceOneDoesAndTheOtherSeesIt() throws Exception {
    ClusterKey key = unconsidered("s1", "u:ann");
    unconsidered("s2", "u:bob");
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      Future<List<IssueView>> one =
          nodes.submit(
              () ->
                  shop.inTransaction(
                      () -> {
                        List<IssueView> found =
                            shop.promotion.promote(shop.project, PromotionTrigger.TIMER);
                        first.countDown();
                        commit.await();
                        return found;
                      }));
      first.await();
      // It waits for the row, which the other transaction has not let go of yet.
      Future<List<IssueView>> other =
          nodes.submit(
              () ->
                  shop.inTransaction(
                      () -> shop.promotion.promote(shop.project, PromotionTrigger.MANUAL)));
      awaitBlocked();
      commit.countDown();

      assertThat(one.get()).extracting(IssueView::key).containsExactly(key);
      assertThat(other.get()).extracting(IssueView::key).containsExactly(key);
    } finally {
      commit.countDown();
      nodes.shutdownNow();
    }
    assertThat(shop.promotions.fired())
        .containsExactly(new IssuePromoted(shop.project, key, PromotionTrigger.TIMER));
    assertThat(shop.queries.find(shop.project, key).orElseThrow().promotionTrigger())
        .isEqualTo(PromotionTrigger.TIMER);
  }

  /** Until a connection of this database waits for a lock. */
  private void awaitBlocked() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> shop.count("select count(*) from pg_locks where not granted") > 0);
  }

  @Test
  void resolvedIssueThatALaterSessionShowsIsRegressed() {
    ClusterKey key = issue();
    resolve(key);
    shop.clock.pass(Duration.ofMinutes(5));

    visit("s3", "u:cy");

    IssueView issue = shop.queries.find(shop.project, key).orElseThrow();
    assertThat(issue.state()).isEqualTo(TriageState.REGRESSED);
    assertThat(issue.stateUpdatedAt()).isEqualTo(shop.clock.instant());
    assertThat(shop.regressions.fired())
        .containsExactly(new IssueRegressed(shop.project, key, PromotionTrigger.INGEST));

    visit("s4", "u:dee");
    assertThat(shop.regressions.fired()).hasSize(1);
  }

  /** A merge has the lock of counts and the cluster's row, and goes on to the markers. */
  @Test
  void stackThatIsReadWhileItsIssueIsMergedWaitsBeforeItTouchesAMarker() throws Exception {
    ClusterKey key = issue();
    resolve(key);
    shop.clock.pass(Duration.ofMinutes(5));
    UnreadStacks unread = new UnreadStacks(shop.jdbi);
    StackSettlement settlement = new StackSettlement(shop.counts, unread, shop.promotion);
    SessionId session = new SessionId("s3");
    shop.inTransaction(
        () -> {
          shop.visitUnconsidered("s3", "u:cy", shop.exception("m1", "boom"));
          unread.await(shop.project, session, Set.of(new MarkerId("m1")));
          return true;
        });

    int free =
        LockOrder.freeWhileWaiting(
            shop.database,
            LockOrder.Rows.of(
                "select 1 from pg_advisory_xact_lock("
                    + 0x5253_0005L
                    + "), issue_cluster c where c.project_id = ? for update of c",
                shop.project),
            LockOrder.Rows.of(
                "select 1 from error_marker where project_id = ? and session_id = 's3'"
                    + " for update skip locked",
                shop.project),
            () -> settlement.read(shop.project, session, Set.of(new MarkerId("m1"))));

    assertThat(free).isEqualTo(1);
    assertThat(shop.queries.find(shop.project, key).orElseThrow().state())
        .isEqualTo(TriageState.REGRESSED);
  }

  @Test
  void pageThatWasOpenBeforeTheFixIsNoRegression() {
    ClusterKey key = issue();
    shop.store("s3");
    shop.clock.pass(Duration.ofMinutes(1));
    resolve(key);
    shop.clock.pass(Duration.ofMinutes(5));

    visit("s3", "u:cy");
    shop.visit("s1", "u:ann", shop.exception("m9", "boom"));

    assertThat(shop.queries.find(shop.project, key).orElseThrow().state())
        .isEqualTo(TriageState.RESOLVED);
    assertThat(shop.regressions.fired()).isEmpty();
  }

  @Test
  void acknowledgedIssueStaysAcknowledged() {
    ClusterKey key = issue();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'acknowledged' where project_id = ?",
                shop.project));

    visit("s3", "u:cy");

    assertThat(shop.queries.find(shop.project, key).orElseThrow().state())
        .isEqualTo(TriageState.ACKNOWLEDGED);
  }

  @Test
  void settingsHaveTheirDefaults() {
    assertThat(PromotionConfig.from(Settings.of(name -> Optional.empty())))
        .isEqualTo(new PromotionConfig(2, true, Duration.ZERO));
    Map<String, String> set =
        Map.of(
            "CLUSTER_PROMOTE_MIN_SESSIONS", "5",
            "AUTO_PROMOTE_ON_INGEST", "false",
            "AUTO_PROMOTE_INTERVAL_MINUTES", "10");
    assertThat(PromotionConfig.from(Settings.of(name -> Optional.ofNullable(set.get(name)))))
        .isEqualTo(new PromotionConfig(5, false, Duration.ofMinutes(10)));
  }

  @Test
  void policyTellsWhatIsMissing() {
    PromotionPolicy policy = new PromotionPolicy(3);

    assertThat(policy.decide(new PromotionPolicy.Evidence(2, 1, 9)))
        .isEqualTo(
            new PromotionDecision.Hold(
                "Seen in 2 sessions by 1 user, 9 markers; the threshold is 3 sessions."));
    assertThat(policy.decide(new PromotionPolicy.Evidence(3, 1, 9)))
        .isInstanceOf(PromotionDecision.Promote.class);
  }

  private ClusterKey issue() {
    ClusterKey key = visit("s1", "u:ann");
    visit("s2", "u:bob");
    return key;
  }

  private ClusterKey visit(String session, String visitor) {
    return shop.only(shop.visit(session, visitor, shop.exception("m1", "boom")).touched());
  }

  private ClusterKey unconsidered(String session, String visitor) {
    return shop.only(
        shop.inTransaction(
                () -> shop.visitUnconsidered(session, visitor, shop.exception("m1", "boom")))
            .touched());
  }

  private void resolve(ClusterKey key) {
    ProjectId project = shop.project;
    Instant now = shop.clock.instant();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'resolved', resolved_at = ?"
                    + " where project_id = ? and key = ?",
                now,
                project,
                key));
  }
}
