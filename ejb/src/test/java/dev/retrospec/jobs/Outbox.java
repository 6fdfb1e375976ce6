package dev.retrospec.jobs;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases of this package on the tests' database, each in the transaction it has in truth.
 */
public final class Outbox {

  public final RecordedEvents<JobsEnqueued> enqueued = new RecordedEvents<>();
  public final RecordedEvents<JobGivenUp> givenUp = new RecordedEvents<>();
  public final MeterRegistry meters = new SimpleMeterRegistry();
  public final JobQueue queue;
  public final JobAttempts attempts;
  public final JobSweep sweep;
  public final Redrive redrive;
  public final DeadLetters deadLetters;
  public final QueueQueries queries;

  public Outbox(TestDatabase database, Clock clock, Map<String, String> settings) {
    JobsConfig config =
        JobsConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
    Jobs jobs = new Jobs(database.jdbi());
    queue = new JobQueue(jobs, config, enqueued, meters, clock);
    attempts = new TransactionalAttempts(database, jobs, config, clock);
    sweep = new JobSweep(jobs, attempts, config, enqueued, clock);
    redrive = new Redrive(jobs, enqueued, clock);
    queries = new QueueQueries(database.jdbi());
    deadLetters = new DeadLetters(queries);
  }

  /** As the container's interceptor would have it. */
  private final class TransactionalAttempts extends JobAttempts {

    private final TestDatabase database;

    TransactionalAttempts(TestDatabase database, Jobs jobs, JobsConfig config, Clock clock) {
      super(jobs, config, givenUp, meters, clock);
      this.database = database;
    }

    @Override
    public Optional<Job> begin(dev.retrospec.ids.JobId id) {
      return database.inTransaction(() -> super.begin(id));
    }

    @Override
    public Optional<Job> beginInTurn(JobKind kind) {
      return database.inTransaction(() -> super.beginInTurn(kind));
    }

    @Override
    public void succeed(Job job, Runnable result) {
      database.inTransaction(() -> super.succeed(job, result));
    }

    @Override
    public void abandon(Job job, String reason) {
      database.inTransaction(() -> super.abandon(job, reason));
    }

    @Override
    public AttemptFailure fail(Job job, String reason, Duration atLeast) {
      return database.inTransaction(() -> super.fail(job, reason, atLeast));
    }
  }
}
