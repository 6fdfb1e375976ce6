package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the memory does, with pgvector and without. */
abstract class PatternMemoryContract {

  private final CiMemory ci = memory();

  abstract CiMemory memory();

  @Test
  void theFirstFailureBeginsAPattern() {
    Remembered first = ci.fails("signsIn", CiMemory.refused(5432));

    assertThat(first.isNew()).isTrue();
    assertThat(first.similar()).isEmpty();
    PatternView pattern = ci.queries.find(ci.project, first.pattern()).orElseThrow();
    assertThat(pattern.summary())
        .startsWith("ConnectException: Connection refused: localhost:5432");
    assertThat(pattern.testName()).isEqualTo("signsIn");
    assertThat(pattern.occurrenceCount()).isEqualTo(1);
    assertThat(pattern.runCount()).isEqualTo(1);
    assertThat(pattern.branches()).containsExactly("main");
    assertThat(pattern.authors()).containsExactly("ann");
    assertThat(pattern.affectedFiles())
        .contains("src/web/page.ts")
        .anyMatch(file -> file.endsWith("AuthClient.java"));
    assertThat(pattern.decision()).isNull();
  }

  @Test
  void theSameFailureOfAnotherDayIsTheSamePattern() {
    PatternId first = ci.fails("signsIn", CiMemory.refused(5432)).pattern();
    Instant before = ci.clock.instant();
    ci.clock.pass(Duration.ofDays(3));

    Remembered second = ci.fails("signsOut", CiMemory.refused(40_117));

    assertThat(second.isNew()).isFalse();
    assertThat(second.pattern()).isEqualTo(first);
    SimilarPattern itself = second.similar().get(0);
    assertThat(itself.patternId()).isEqualTo(first);
    assertThat(itself.similarity()).isGreaterThanOrEqualTo(0.85);
    assertThat(itself.occurrenceCount()).isEqualTo(1);
    assertThat(itself.lastSeen()).isEqualTo(before);
    assertThat(itself.why().sharedFrames()).isNotEmpty();
    PatternView pattern = ci.queries.find(ci.project, first).orElseThrow();
    assertThat(pattern.occurrenceCount()).isEqualTo(2);
    assertThat(pattern.runCount()).isEqualTo(2);
    assertThat(pattern.firstSeen()).isEqualTo(before);
    assertThat(pattern.lastSeen()).isEqualTo(ci.clock.instant());
  }

  @Test
  void aFailureInOtherWordsButWithTheSameCallsIsTheSamePattern() {
    PatternId first = ci.fails("signsIn", CiMemory.refused(5432)).pattern();
    for (int i = 0; i < 30; i++) {
      ci.fails("other" + i, CiMemory.unlike(i));
    }
    FailureText reworded =
        new FailureText(
            "java.net.ConnectException",
            "Connection refused: localhost while calling /api/auth",
            """
            java.net.ConnectException: Connection refused: localhost while calling /api/auth
            \tat com.shop.net.Retrying.call(Retrying.java:9)
            \tat com.shop.auth.AuthClient.connect(AuthClient.java:44)
            \tat com.shop.auth.LoginFlow.signIn(LoginFlow.java:51)
            \tat com.shop.auth.LoginFlowTest.signsIn(LoginFlowTest.java:31)
            """);

    Remembered second = ci.fails("signsIn", reworded);

    assertThat(second.pattern()).isEqualTo(first);
    assertThat(second.similar().get(0).similarity()).isGreaterThanOrEqualTo(0.85);
    assertThat(second.similar().get(0).why().exact()).isFalse();
  }

  @Test
  void anotherFailureIsAnotherPattern() {
    PatternId first = ci.fails("signsIn", CiMemory.refused(5432)).pattern();

    Remembered other = ci.fails("showsTheTotal", CiMemory.nullTotal());

    assertThat(other.isNew()).isTrue();
    assertThat(other.pattern()).isNotEqualTo(first);
    assertThat(other.similar()).isEmpty();
  }

  @Test
  void theSameRunAgainChangesNothing() {
    Occurrence signsIn = ci.occurrence(TestRunId.mint(), "signsIn", CiMemory.refused(5432));
    Remembered first = ci.remember(signsIn).get(0);

    Remembered again = ci.remember(signsIn, signsIn).get(1);

    assertThat(again.pattern()).isEqualTo(first.pattern());
    assertThat(again.isNew()).isFalse();
    PatternView pattern = ci.queries.find(ci.project, first.pattern()).orElseThrow();
    assertThat(pattern.occurrenceCount()).isEqualTo(1);
    assertThat(pattern.runCount()).isEqualTo(1);
  }

  @Test
  void manyTestsThatFailAlikeInOneRunAreOnePattern() {
    TestRunId run = TestRunId.mint();

    List<Remembered> remembered =
        ci.inTransaction(
            () ->
                ci.memory.remember(ci.project, ci.run(run, 300, i -> CiMemory.refused(1_000 + i))));

    assertThat(remembered)
        .extracting(Remembered::pattern)
        .hasSize(300)
        .containsOnly(remembered.get(0).pattern());
    assertThat(remembered).allMatch(Remembered::isNew);
    PatternView pattern = ci.queries.find(ci.project, remembered.get(0).pattern()).orElseThrow();
    assertThat(pattern.occurrenceCount()).isEqualTo(300);
    assertThat(pattern.runCount()).isEqualTo(1);
  }

  @Test
  void fiveThousandDifferentFailuresOfOneRunAreAllThereAndKnownTheNextTime() {
    List<Occurrence> wreck = ci.run(TestRunId.mint(), 5_000, CiMemory::unlike);

    List<Remembered> first = ci.inTransaction(() -> ci.memory.remember(ci.project, wreck));
    List<Remembered> next =
        ci.inTransaction(
            () ->
                ci.memory.remember(ci.project, ci.run(TestRunId.mint(), 5_000, CiMemory::unlike)));

    assertThat(first).extracting(Remembered::pattern).doesNotHaveDuplicates();
    assertThat(next).noneMatch(Remembered::isNew);
    assertThat(next)
        .extracting(Remembered::pattern)
        .containsExactlyElementsOf(first.stream().map(Remembered::pattern).toList());
  }

  @Test
  void twoRunsAtOnceWithTheSameNewFailureMakeOnePattern() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<PatternId>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(() -> ci.fails("signsIn", CiMemory.refused(5432)).pattern());
      }
      List<PatternId> patterns = new ArrayList<>();
      for (Future<PatternId> run : threads.invokeAll(runs, 60, TimeUnit.SECONDS)) {
        patterns.add(run.get());
      }
      assertThat(patterns).containsOnly(patterns.get(0));
      assertThat(ci.queries.find(ci.project, patterns.get(0)).orElseThrow().occurrenceCount())
          .isEqualTo(8);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherProjectKnowsNothingOfIt() {
    CiMemory other = new CiMemory(ci.database);
    PatternId here = ci.fails("signsIn", CiMemory.refused(5432)).pattern();

    Remembered there = other.fails("signsIn", CiMemory.refused(5432));

    assertThat(there.isNew()).isTrue();
    assertThat(there.similar()).isEmpty();
    assertThat(other.queries.find(other.project, here)).isEmpty();
    assertThat(other.find("connection refused", 0.1))
        .extracting(PatternHit::id)
        .containsExactly(there.pattern());
  }

  @Test
  void secretsAndPersonalDataAreNotKept() {
    ci.fails(
        "pays",
        new FailureText(
            null,
            "Refused card 4111 1111 1111 1111 of ann@example.com\u001b[31m (colour)"
                + " with DB_PASSWORD=hunter2 and ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "at Pay.charge (/home/ann/shop/src/pay.ts:3:1)"));

    assertThat(
            ci.count(
                """
                select count(*) from failure_pattern p
                join failure_signature s on s.project_id = p.project_id
                where p.project_id = :project and
                  (p::text ~ '4111|ann@example|\\[31m|hunter2|ghp_'
                  or s.signature::text ~ '4111|ann@example|hunter2|ghp_')
                """))
        .isZero();
  }

  @Test
  void aPastedFailureFindsItsPattern() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(5432)).pattern();
    ci.fails("showsTheTotal", CiMemory.nullTotal());

    List<PatternHit> hits = ci.find(CiMemory.refused(6001).stack(), 0.85);

    assertThat(hits).extracting(PatternHit::id).containsExactly(pattern);
  }

  @Test
  void wordsFindThePatternsThatHoldThem() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(5432)).pattern();
    PatternId total = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    for (int i = 0; i < 50; i++) {
      ci.fails("other" + i, CiMemory.unlike(i));
    }

    assertThat(ci.find("connection refused", 0.85))
        .extracting(PatternHit::id)
        .containsExactly(pattern);
    assertThat(ci.find("a broken login flow", 0.5)).extracting(PatternHit::id).contains(pattern);
    assertThat(ci.find("the checkout total", 0.85))
        .extracting(PatternHit::id)
        .containsExactly(total);
    assertThat(ci.find("nothing of the kind", 0.3)).isEmpty();
  }

  @Test
  void anIssueOfProductionIsFoundByTheTestThatFailsTheSameWayLater() {
    ClusterKey issue = new ClusterKey("v1-checkout");
    ci.inTransaction(
        () -> ci.production.linkIssue(ci.project, issue, Signatures.of(CiMemory.nullTotal())));

    Remembered failing = ci.fails("showsTheTotal", CiMemory.nullTotal());

    assertThat(failing.isNew()).isTrue();
    assertThat(failing.issues()).containsExactly(issue);
    assertThat(ci.production.patternsOf(ci.project, issue))
        .extracting(LinkedIssue::patternId)
        .containsExactly(failing.pattern());
    assertThat(ci.production.issuesOf(ci.project, List.of(failing.pattern())))
        .containsOnlyKeys(failing.pattern());
  }

  @Test
  void anIssueOfProductionFindsTheTestThatFailedBefore() {
    PatternId pattern = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ci.fails("signsIn", CiMemory.refused(1));
    ClusterKey issue = new ClusterKey("v1-checkout");

    List<LinkedIssue> linked =
        ci.inTransaction(
            () -> ci.production.linkIssue(ci.project, issue, Signatures.of(CiMemory.nullTotal())));

    assertThat(linked).extracting(LinkedIssue::patternId).containsExactly(pattern);
    assertThat(ci.fails("showsTheTotal", CiMemory.nullTotal()).similar().get(0).issue())
        .isEqualTo(issue);
  }

  @Test
  void betweenTwoPatternsThatResembleItNearlyAlikeNobodyChooses() {
    PatternId one = ci.fails("paints", painted("red")).pattern();
    PatternId other = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    ci.inTransaction(
        () -> {
          ci.store.put(
              ci.project,
              new Holding(
                  Origin.CI, other.value(), Signatures.of(painted("blue")), ci.clock.instant()));
          return other;
        });

    Remembered third = ci.fails("paints", painted("green"));

    assertThat(third.isNew()).isTrue();
    assertThat(third.pattern()).isNotIn(one, other);
    assertThat(third.similar())
        .extracting(SimilarPattern::patternId)
        .containsExactlyInAnyOrder(one, other);
    assertThat(ci.fails("paints", painted("green")).pattern()).isEqualTo(third.pattern());
  }

  private static FailureText painted(String colour) {
    return new FailureText(
        "java.lang.AssertionError",
        "the wall behind the shelf became " + colour,
        "java.lang.AssertionError: the wall\n\tat com.shop.Paint.over(Paint.java:3)\n");
  }

  @Test
  void ofTwoIssuesThatAreNearlyAlikeBothAreShown() {
    ClusterKey cart = new ClusterKey("v1-cart");
    ClusterKey checkout = new ClusterKey("v1-checkout");
    for (ClusterKey issue : List.of(cart, checkout)) {
      ci.inTransaction(
          () -> ci.production.linkIssue(ci.project, issue, Signatures.of(CiMemory.nullTotal())));
    }

    Remembered failing = ci.fails("showsTheTotal", CiMemory.nullTotal());

    assertThat(failing.issues()).containsExactlyInAnyOrder(cart, checkout);
    assertThat(ci.fails("showsTheTotal", CiMemory.nullTotal()).similar().get(0).issue()).isNull();
  }
}
