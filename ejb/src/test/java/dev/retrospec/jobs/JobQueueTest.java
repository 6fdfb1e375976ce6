package dev.retrospec.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.EnqueueOutcome.Duplicate;
import dev.retrospec.jobs.EnqueueOutcome.Enqueued;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobQueueTest {

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Outbox outbox =
      new Outbox(
          database, clock, Map.of("REPLAY_DEDUPE_WINDOW_SEC", "60", "REPLAY_MAX_ATTEMPTS", "3"));

  /** The sweep looks at the whole table: what one test leaves, another would find. */
  @AfterEach
  void emptyTheOutbox() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void theSameMarkersInAnyOrderAreOneJobWithinTheWindow() {
    EnqueueOutcome first = enqueue("s1", "m1", "m2");
    EnqueueOutcome again = enqueue("s1", "m2", "m1");
    clock.pass(Duration.ofSeconds(61));
    EnqueueOutcome afterTheWindow = enqueue("s1", "m1", "m2");

    assertThat(first).isInstanceOf(Enqueued.class);
    assertThat(again).isInstanceOf(Duplicate.class);
    assertThat(afterTheWindow).isInstanceOf(Enqueued.class);
  }

  @Test
  void otherMarkersSessionsKindsAndProjectsAreOtherJobs() {
    enqueue("s1", "m1");

    List<EnqueueOutcome> outcomes =
        outbox.queue.enqueueAll(
            List.of(
                job(JobKind.REPLAY, project, "s1", "m2"),
                job(JobKind.REPLAY, project, "s2", "m1"),
                job(JobKind.ANALYSIS, project, "s1", "m1"),
                job(JobKind.REPLAY, database.newProject(), "s1", "m1")));

    assertThat(outcomes).hasOnlyElementsOfType(Enqueued.class);
  }

  @Test
  void twiceTheSameInOneCallIsOneJob() {
    NewJob job = job(JobKind.REPLAY, project, "s1", "m1");

    assertThat(outbox.queue.enqueueAll(List.of(job, job)))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Enqueued.class),
            second -> assertThat(second).isInstanceOf(Duplicate.class));
  }

  @Test
  void whereProjectsTakeTurnsNoneWaitsForAllOfAnothers() {
    ProjectId other = database.newProject();
    ProjectId third = database.newProject();
    for (String subject : List.of("a1", "a2", "a3")) {
      outbox.queue.enqueue(job(JobKind.SNAPSHOT, project, subject));
    }
    for (String subject : List.of("b1", "b2")) {
      outbox.queue.enqueue(job(JobKind.SNAPSHOT, other, subject));
    }
    outbox.queue.enqueue(job(JobKind.REPLAY, third, "of another kind"));
    List<String> done = new ArrayList<>();

    for (int i = 0; i < 3; i++) {
      done.add(takeTurn());
    }
    outbox.queue.enqueue(job(JobKind.SNAPSHOT, third, "c1"));
    for (int i = 0; i < 3; i++) {
      done.add(takeTurn());
    }

    assertThat(done).containsExactly("a1", "b1", "a2", "c1", "b2", "a3");
    assertThat(outbox.attempts.beginInTurn(JobKind.SNAPSHOT)).isEmpty();
  }

  private String takeTurn() {
    Job job = outbox.attempts.beginInTurn(JobKind.SNAPSHOT).orElseThrow();
    clock.pass(Duration.ofSeconds(5));
    outbox.attempts.succeed(job, () -> {});
    return job.subject();
  }

  @Test
  void signalsEachWrittenJobOnce() {
    JobId id = idOf(enqueue("s1", "m1"));
    enqueue("s1", "m1");

    assertThat(outbox.enqueued.fired())
        .containsExactly(new JobsEnqueued(List.of(new JobSignal(JobKind.REPLAY, id))));
  }

  @Test
  void aRolledBackRequestLeavesNoJob() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      enqueue("s1", "m1");
                      throw new IllegalStateException("the rest of the request failed");
                    }))
        .hasMessageContaining("the rest");

    assertThat(outbox.queries.depths().get(JobKind.REPLAY)).isEqualTo(QueueDepth.EMPTY);
  }

  @Test
  void aSecondSignalFindsNothingToBegin() {
    JobId id = idOf(enqueue("s1", "m1"));

    assertThat(outbox.attempts.begin(id)).isPresent();
    assertThat(outbox.attempts.begin(id)).isEmpty();
  }

  @Test
  void theAttemptIsCountedBeforeTheWorkStarts() {
    JobId id = idOf(enqueue("s1", "m1"));

    Job job = outbox.attempts.begin(id).orElseThrow();

    assertThat(job.attempts()).isEqualTo(1);
    assertThat(column(id, "attempts")).isEqualTo("1");
    assertThat(column(id, "status")).isEqualTo("running");
  }

  @Test
  void aRetryWaitsForItsPauseHoweverOftenItIsSignalled() {
    JobId id = idOf(enqueue("s1", "m1"));
    Job job = outbox.attempts.begin(id).orElseThrow();

    AttemptFailure failure = outbox.attempts.fail(job, "store away");
    outbox.sweep.sweep();

    assertThat(failure).isInstanceOf(AttemptFailure.Retry.class);
    assertThat(outbox.attempts.begin(id)).isEmpty();
    clock.pass(Duration.ofMillis(2_401)); // the base of two seconds and its jitter
    assertThat(outbox.sweep.sweep().signalled()).isEqualTo(1);
    assertThat(outbox.attempts.begin(id)).map(Job::attempts).contains(2);
  }

  @Test
  void theLastFailureMakesADeadLetterThatTellsItsReason() {
    JobId id = failToDeath("s1");

    assertThat(outbox.givenUp.fired()).extracting(event -> event.job().id()).containsExactly(id);
    assertThat(outbox.deadLetters.list(JobKind.REPLAY, 10, 0).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.id()).isEqualTo(id);
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.lastError()).isEqualTo("boom");
            });
    clock.pass(Duration.ofDays(1));
    assertThat(outbox.sweep.sweep().signalled()).isZero();
  }

  @Test
  void aDeadLetterDoesNotKeepItsMarkersFromBeingAskedForAgain() {
    failToDeath("s1");

    assertThat(enqueue("s1", "m1")).isInstanceOf(Enqueued.class);
  }

  @Test
  void redriveGivesAllAttemptsAgain() {
    JobId id = failToDeath("s1");

    assertThat(outbox.redrive.redrive(JobKind.ANALYSIS, 10)).isZero();
    assertThat(outbox.redrive.redrive(JobKind.REPLAY, 10)).isEqualTo(1);

    assertThat(outbox.enqueued.fired().get(outbox.enqueued.fired().size() - 1).signals())
        .containsExactly(new JobSignal(JobKind.REPLAY, id));
    assertThat(outbox.attempts.begin(id)).map(Job::attempts).contains(1);
    assertThat(outbox.deadLetters.list(JobKind.REPLAY, 10, 0).total()).isZero();
  }

  @Test
  void aLostSignalIsSentAgainAfterItsPatience() {
    JobId id = idOf(enqueue("s1", "m1"));

    assertThat(outbox.sweep.sweep().signalled()).isZero();
    clock.pass(Jobs.SIGNAL_PATIENCE);
    assertThat(outbox.sweep.sweep().signalled()).isEqualTo(1);
    assertThat(outbox.sweep.sweep().signalled()).isZero();
    assertThat(outbox.attempts.begin(id)).isPresent();
  }

  @Test
  void theLongerAJobWaitsTheMoreRarelyItIsSignalled() {
    enqueue("s1", "m1");
    int signals = 0;
    for (int second = 0; second < 600; second += 10) {
      clock.pass(Duration.ofSeconds(10));
      signals += outbox.sweep.sweep().signalled();
    }

    assertThat(signals).isBetween(4, 6); // after 30, 60, 120, 240, 480 seconds
  }

  @Test
  void aWorkerThatVanishesLosesItsLeaseAndItsSay() {
    JobId id = idOf(enqueue("s1", "m1"));
    Job lost = outbox.attempts.begin(id).orElseThrow();

    clock.pass(Duration.ofSeconds(121));
    outbox.sweep.sweep();
    Job taken = outbox.attempts.begin(id).orElseThrow();
    boolean[] resultOfTheLost = {false};
    outbox.attempts.succeed(lost, () -> resultOfTheLost[0] = true);

    assertThat(resultOfTheLost[0]).isFalse();
    assertThat(column(id, "status")).isEqualTo("running");
    outbox.attempts.succeed(taken, () -> {});
    assertThat(column(id, "status")).isEqualTo("done");
  }

  @Test
  void aJobThatKillsItsWorkerEachTimeIsGivenUp() {
    JobId id = idOf(enqueue("s1", "m1"));
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(outbox.attempts.begin(id)).isPresent();
      clock.pass(Duration.ofSeconds(121));
      outbox.sweep.sweep();
    }

    assertThat(outbox.attempts.begin(id)).isEmpty();
    assertThat(outbox.givenUp.fired()).hasSize(1);
    assertThat(column(id, "status")).isEqualTo("dead");
  }

  @Test
  void aJobThatCannotEvenBeGivenUpDoesNotHoldUpTheOthers() {
    outbox.givenUp.observedBy(
        event -> {
          throw new IllegalStateException("an observer fails");
        });
    JobId stuck = idOf(enqueue("stuck", "m1"));
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(outbox.attempts.begin(stuck)).isPresent();
      clock.pass(Duration.ofSeconds(121));
      outbox.sweep.sweep();
    }
    JobId other = idOf(enqueue("other", "m1"));
    clock.pass(Jobs.SIGNAL_PATIENCE);

    assertThat(outbox.sweep.sweep().signalled()).isEqualTo(1);
    assertThat(outbox.attempts.begin(other)).isPresent();
    assertThat(column(stuck, "status")).isEqualTo("running");
  }

  @Test
  void aResultThatCannotBeWrittenLeavesTheJobUndone() {
    JobId id = idOf(enqueue("s1", "m1"));
    Job job = outbox.attempts.begin(id).orElseThrow();

    assertThatThrownBy(
            () ->
                outbox.attempts.succeed(
                    job,
                    () -> {
                      throw new IllegalStateException("no room");
                    }))
        .hasMessage("no room");

    assertThat(column(id, "status")).isEqualTo("running");
  }

  @Test
  void doneJobsAreForgottenWhenNoWindowLooksAtThemAnyMore() {
    JobId id = idOf(enqueue("s1", "m1"));
    outbox.attempts.succeed(outbox.attempts.begin(id).orElseThrow(), () -> {});

    assertThat(outbox.sweep.sweep().purged()).isZero();
    clock.pass(Duration.ofHours(6).plusSeconds(1));
    assertThat(outbox.sweep.sweep().purged()).isEqualTo(1);
  }

  @Test
  void deadLettersAreForgottenWhenNobodyBringsThemBackInAMonth() {
    failToDeath("s1");

    assertThat(outbox.sweep.sweep().purged()).isZero();
    clock.pass(JobSweep.DEAD_KEPT.plusSeconds(1));
    assertThat(outbox.sweep.sweep().purged()).isEqualTo(1);
    assertThat(outbox.deadLetters.list(JobKind.REPLAY, 10, 0).total()).isZero();
  }

  @Test
  void twoSweepsAtOnceShareTheWork() {
    for (int i = 0; i < 20; i++) {
      enqueue("s" + i, "m1");
    }
    clock.pass(Jobs.SIGNAL_PATIENCE);

    Jobs jobs = new Jobs(database.jdbi());
    List<List<JobSignal>> taken =
        database.inTransaction(
            () -> {
              List<JobSignal> here = jobs.bringBack(12, clock.instant());
              List<JobSignal> elsewhere =
                  java.util.concurrent.CompletableFuture.supplyAsync(
                          () -> jobs.bringBack(20, clock.instant()))
                      .get(10, java.util.concurrent.TimeUnit.SECONDS);
              return List.of(here, elsewhere);
            });

    assertThat(taken.get(0)).hasSize(12);
    assertThat(taken.get(1)).hasSize(8).doesNotContainAnyElementsOf(taken.get(0));
  }

  private JobId failToDeath(String session) {
    JobId id = idOf(enqueue(session, "m1"));
    for (int attempt = 0; attempt < 3; attempt++) {
      outbox.attempts.fail(outbox.attempts.begin(id).orElseThrow(), "boom");
      clock.pass(Duration.ofMinutes(1));
      outbox.sweep.sweep();
    }
    return id;
  }

  private EnqueueOutcome enqueue(String session, String... markers) {
    return outbox.queue.enqueue(job(JobKind.REPLAY, project, session, markers));
  }

  private static NewJob job(JobKind kind, ProjectId project, String session, String... markers) {
    return NewJob.about(kind, project, session, "{}", Set.of(markers));
  }

  private static JobId idOf(EnqueueOutcome outcome) {
    return ((Enqueued) outcome).id();
  }

  private String column(JobId id, String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select " + name + " from job where id = :id")
                    .bind("id", id.value())
                    .mapTo(String.class)
                    .one());
  }
}
