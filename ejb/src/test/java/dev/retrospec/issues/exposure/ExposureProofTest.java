package dev.retrospec.issues.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.FixReleaseChanged;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.ActivityEntry;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.issues.triage.IssueClusters;
import dev.retrospec.issues.triage.IssueMutes;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.sessions.Releases;
import dev.retrospec.sessions.SessionIndexed;
import dev.retrospec.testing.LockOrder;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExposureProofTest {

  private static final int NEEDED = 3;

  private final Incidents shop = new Incidents();
  private final IssueActivities activities = new IssueActivities(shop.jdbi, shop.decisions);
  private final Exposures exposures = new Exposures(shop.jdbi, shop.decisions, shop.clock);
  private final ExposureProof proof =
      new ExposureProof(
          exposures,
          new WalkedPaths(shop.jdbi),
          shop.queries,
          activities,
          new ExposureConfig(NEEDED),
          shop.clock);
  private final RecordedEvents<IssueResolved> resolutions = new RecordedEvents<>();
  private final IssueTriage triage =
      new IssueTriage(
          new IssueClusters(shop.database.entityManager()),
          new IssueMutes(shop.jdbi),
          activities,
          shop.decisions,
          resolutions.observedBy(proof::resolved),
          new RecordedEvents<>(),
          new RecordedEvents<FixReleaseChanged>().observedBy(proof::fixMoved),
          shop.clock);

  private ClusterKey key = new ClusterKey("none");

  @BeforeEach
  void breakPaying() {
    walk("s1", "2.4.0", "/checkout", "+Terms", "+Pay");
    walk("s2", "2.4.0", "/cart", "/checkout", "+Terms", "+Pay");
    key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
    later();
  }

  @Test
  void pathIsKeptWhenAnIssueIsResolved() {
    assertThat(exposures.of(shop.project, key)).isEmpty();

    decide(TriageState.RESOLVED, "2.4.1");

    assertThat(exposures.of(shop.project, key))
        .contains(
            new Exposure(
                shop.clock.instant(),
                "2.4.1",
                "/checkout",
                List.of("Terms", "Pay"),
                0,
                NEEDED,
                null,
                null));
  }

  @Test
  void sessionsOnTheNewReleaseThatWalkThePathProveTheFix() {
    decide(TriageState.RESOLVED, "2.4.1");
    later();
    end("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    end("s4", "2.4.1", "/checkout", "+Terms");
    end("s5", "2.4.1", "/cart");
    end("s6", "2.4.0", "/checkout", "+Terms", "+Pay");
    later();
    end("s7", "2.4.2", "/checkout", "+Terms", "+Pay");
    count();

    assertThat(walked()).isEqualTo(2);
    assertThat(exposures.of(shop.project, key).orElseThrow().isProven()).isFalse();

    end("s8", "2.4.1", "/checkout", "+Terms", "+Pay");
    end("s9", "2.4.1", "/checkout", "+Terms", "+Pay");
    count();

    Exposure proven = exposures.of(shop.project, key).orElseThrow();
    assertThat(proven.walked()).isEqualTo(NEEDED);
    assertThat(proven.provenAt()).isEqualTo(shop.clock.instant());
    assertThat(activities.of(shop.project, key, 50, null).items())
        .extracting(ActivityEntry::what)
        .containsOnlyOnce("found the fix proven: 3 sessions walked this path on 2.4.1 without it");
  }

  @Test
  void proofBeginsAnewWhenTheReleaseOfTheFixIsNamedLater() {
    decide(TriageState.RESOLVED, null);
    later();
    end("s3", "2.4.0", "/checkout", "+Terms", "+Pay");
    count();
    assertThat(walked()).isEqualTo(1);

    decide(TriageState.RESOLVED, "2.4.1");
    end("s4", "2.4.0", "/checkout", "+Terms", "+Pay");
    count();

    assertThat(walked()).isZero();
    assertThat(exposures.of(shop.project, key).orElseThrow().release()).isEqualTo("2.4.1");
  }

  @Test
  void visitThatBeganBeforeTheDeployProvesNothing() {
    decide(TriageState.RESOLVED, "2.4.1");
    later();
    walk("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update session set first_release = '2.4.0' where project_id = ? and id = 's3'",
                shop.project));
    ended("s3");
    count();

    assertThat(walked()).isZero();
  }

  @Test
  void withoutAReleaseWhateverCameInSinceCounts() {
    decide(TriageState.RESOLVED, null);
    end("s3", "2.4.0", "/checkout", "+Terms", "+Pay");
    count();
    assertThat(walked()).as("came in at the same moment").isZero();

    later();
    end("s4", "2.4.0", "/checkout", "+Terms", "+Pay");
    count();
    assertThat(walked()).isEqualTo(1);
  }

  @Test
  void proofIsGivenUpWhereTooFewWalkForAQuarterOfAYear() {
    decide(TriageState.RESOLVED, null);
    Instant resolved = shop.clock.instant();
    shop.clock.pass(Duration.ofDays(89));
    end("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    count();
    assertThat(walked()).isEqualTo(1);
    assertThat(exposures.of(shop.project, key).orElseThrow().givenUpAt()).isNull();

    end("s4", "2.4.1", "/checkout", "+Terms", "+Pay");
    shop.clock.pass(Duration.ofDays(1));
    count();
    end("s5", "2.4.1", "/checkout", "+Terms", "+Pay");

    assertThat(walked()).isEqualTo(1);
    assertThat(exposures.of(shop.project, key).orElseThrow().givenUpAt())
        .isEqualTo(resolved.plus(Duration.ofDays(90)));
    assertThat(
            shop.count(
                "select count(*) from issue_exposure_due where project_id = ?", shop.project))
        .as("nobody looks at what has ended since")
        .isZero();
  }

  @Test
  void sessionCountsOnceHoweverOftenItEnds() throws Exception {
    decide(TriageState.RESOLVED, null);
    later();
    end("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    count();
    ended("s3");
    count();
    for (int i = 0; i < 5; i++) {
      ended("s3");
    }
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> one = () -> shop.inTransaction(proof::count);
      for (Future<Boolean> done : nodes.invokeAll(List.of(one, one, one, one))) {
        done.get();
      }
    } finally {
      nodes.shutdownNow();
    }

    assertThat(walked()).isEqualTo(1);
  }

  /** Two nodes with the same proofs the other way round would end each other. */
  @Test
  void proofsAreWrittenInTheOrderOfTheirKeysWhicheverSessionComesFirst() throws Exception {
    walk("s3", "2.4.0", "/checkout", "+Empty");
    ClusterKey other = shop.only(shop.visit("s3", "u:ann", shop.exception("m1", "bang")).touched());
    shop.visit("s4", "u:bob", shop.exception("m1", "bang"));
    later();
    boolean isFirst = key.value().compareTo(other.value()) < 0;
    ClusterKey first = isFirst ? key : other;
    ClusterKey second = isFirst ? other : key;
    decide(key, TriageState.RESOLVED, null);
    decide(other, TriageState.RESOLVED, null);
    later();
    // Whichever sessions come first, that of the first proof is hardly among them.
    for (int i = 1; i <= 9; i++) {
      if ((i == 9) == isFirst) {
        end("t" + i, "2.4.1", "/checkout", "+Terms", "+Pay");
      } else {
        end("t" + i, "2.4.1", "/checkout", "+Empty");
      }
    }

    int free =
        LockOrder.freeWhileWaiting(
            shop.database, proofRow(first), proofRow(second), () -> proof.count());

    assertThat(free).isEqualTo(1);
    assertThat(exposures.of(shop.project, first).orElseThrow().walked()).isEqualTo(1);
    assertThat(exposures.of(shop.project, second).orElseThrow().isProven()).isTrue();
  }

  private LockOrder.Rows proofRow(ClusterKey of) {
    return LockOrder.Rows.of(
        "select 1 from issue_exposure where project_id = ? and cluster_key = ?"
            + " for update skip locked",
        shop.project,
        of);
  }

  @Test
  void sessionThatFailsAgainProvesNothingAndTheProofIsOver() {
    decide(TriageState.RESOLVED, null);
    later();
    walk("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    shop.visit("s3", "u:cy", shop.exception("m1", "boom"));
    ended("s3");
    count();

    assertThat(exposures.of(shop.project, key)).as("regressed").isEmpty();
    decide(TriageState.RESOLVED, null);
    assertThat(walked()).isZero();
  }

  @Test
  void nothingIsNotedWhereNothingIsToBeProven() {
    end("s3", "2.4.1", "/checkout");

    assertThat(
            shop.count(
                "select count(*) from issue_exposure_due where project_id = ?", shop.project))
        .isZero();
  }

  @Test
  void proofOutlivesItsSessions() {
    decide(TriageState.RESOLVED, null);
    later();
    end("s3", "2.4.1", "/checkout", "+Terms", "+Pay");
    count();

    shop.inTransaction(
        () -> exposures.deleteRows(shop.project, java.util.Set.of(new SessionId("s3"))));

    assertThat(walked()).isEqualTo(1);
  }

  private void decide(TriageState state, @Nullable String release) {
    decide(key, state, release);
  }

  private void decide(ClusterKey issue, TriageState state, @Nullable String release) {
    shop.inTransaction(
        () ->
            triage.change(
                shop.project,
                issue,
                new TriageChange(state, null, null, null, release, null),
                Actor.user("ann")));
  }

  private int walked() {
    return exposures.of(shop.project, key).orElseThrow().walked();
  }

  private void later() {
    shop.clock.pass(Duration.ofMinutes(1));
    new Releases(shop.jdbi).sight(shop.clock.instant().minus(Duration.ofDays(1)));
  }

  private void end(String session, String release, String... steps) {
    walk(session, release, steps);
    ended(session);
  }

  private void ended(String session) {
    shop.inTransaction(
        () -> {
          proof.ended(new SessionIndexed(shop.project, new SessionId(session)));
          return true;
        });
  }

  /** Empties the whole table: other tests' sessions may be in it. */
  private void count() {
    boolean more = true;
    while (more) {
      more = shop.inTransaction(proof::count);
    }
  }

  /** A session that is ready; a "+" is a click. */
  private void walk(String session, String release, String... steps) {
    shop.store(session);
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              "update session set release = ?, status = 'ready' where project_id = ? and id = ?",
              release,
              shop.project,
              session);
          Instant at = shop.clock.instant().minus(Duration.ofSeconds(steps.length));
          for (int i = 0; i < steps.length; i++) {
            boolean isClick = steps[i].startsWith("+");
            handle.execute(
                "insert into session_event (project_id, session_id, chunk_seq, ordinal, at, kind,"
                    + " text) values (?, ?, 0, ?, ?, ?, ?)",
                shop.project,
                session,
                i,
                at.plusSeconds(i),
                isClick ? "click" : "navigation",
                isClick ? steps[i].substring(1) : "https://shop.test" + steps[i]);
          }
        });
  }
}
