package dev.retrospec.testruns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.testruns.TestResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A matrix that turns red at once, on the server's pool of ten connections. */
class SimultaneousRunsTest {

  private static final int JOBS = 12;
  private static final int CONNECTIONS = 10;

  private final RunDesk desk = new RunDesk();
  private final Semaphore pool = new Semaphore(CONNECTIONS);
  private final AtomicInteger fewestFree = new AtomicInteger(CONNECTIONS);

  @Test
  void otherRequestsGoOnWhileAMatrixIsTakenIn() throws Exception {
    TestRunIntake intake =
        new TestRunIntake(
            new IntakeGate(new IntakeGate.Limits(2, 16, 16, Duration.ofMinutes(2))),
            new Pooled(desk.storage, desk.database));
    ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    try {
      List<Future<TestRunIntake.Taken>> matrix = new ArrayList<>();
      for (int job = 0; job < JOBS; job++) {
        NewTestRun run = red(job);
        matrix.add(jobs.submit(() -> intake.accept(desk.project, () -> run)));
      }
      boolean isUnderWay = true;
      while (isUnderWay) {
        // As a recorder's request does: the pool lets it wait for three seconds.
        assertThat(pool.tryAcquire(3, TimeUnit.SECONDS)).isTrue();
        try {
          desk.database.jdbi().useHandle(handle -> handle.execute("select 1"));
        } finally {
          pool.release();
        }
        isUnderWay = !matrix.stream().allMatch(Future::isDone);
      }
      for (Future<TestRunIntake.Taken> taken : matrix) {
        assertThat(taken.get().outcome()).isInstanceOf(TestRunOutcome.Stored.class);
      }
    } finally {
      jobs.shutdownNow();
    }
    assertThat(fewestFree).as("of ten connections").hasValueGreaterThanOrEqualTo(CONNECTIONS - 2);
  }

  private static NewTestRun red(int job) {
    RunDesk.Submission run = RunDesk.run("c1").job("job " + job);
    for (int i = 0; i < 60; i++) {
      run.failing(
          "Suite.test" + i, new Failure("java.io.IOException", "disk " + i + " of " + job, null));
    }
    return run.build();
  }

  /** Plays the container: a connection of the pool for each transaction. */
  private final class Pooled extends TestRunStorage {

    private final TestRunStorage storage;
    private final TestDatabase database;

    Pooled(TestRunStorage storage, TestDatabase database) {
      this.storage = storage;
      this.database = database;
    }

    @Override
    public TestRunOutcome store(ProjectId project, PreparedRun run) {
      pool.acquireUninterruptibly();
      try {
        fewestFree.accumulateAndGet(pool.availablePermits(), Math::min);
        return database.inTransaction(() -> storage.store(project, run));
      } finally {
        pool.release();
      }
    }
  }
}
