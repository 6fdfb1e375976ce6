package dev.retrospec.workers.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.jobs.jms.JmsJobSignals;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.replay.ReplayJobListener;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the outbox over a real broker to the end of an attempt, with real time. */
class JobListenerTest {

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final Outbox outbox =
      new Outbox(
          database,
          Clock.systemUTC(),
          Map.of("REPLAY_RETRY_BASE_MS", "400", "REPLAY_MAX_ATTEMPTS", "4"));
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ConcurrentLinkedQueue<Throwable> sweepFailures = new ConcurrentLinkedQueue<>();
  private Broker broker;
  private JmsJobSignals signals;

  @BeforeEach
  void start() throws Exception {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
    broker = new Broker();
    signals =
        new JmsJobSignals(
            broker.connections(),
            Map.of(JobKind.REPLAY, broker.queue("replay")),
            sender,
            outbox.meters);
    outbox.enqueued.observedBy(event -> signals.send(event.signals()));
  }

  @AfterEach
  void stop() throws Exception {
    timer.shutdownNow();
    assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    broker.close();
    sender.shutdownNow();
    assertThat(sweepFailures).isEmpty();
  }

  @Test
  void aJobIsDoneWithoutAnySweep() {
    Recorded work = new Recorded(0);
    listen(work);

    JobId id = enqueue("s1");

    await().until(() -> status(id).equals("done"));
    assertThat(work.attempts).hasSize(1);
    assertThat(work.results).containsExactly("s1");
  }

  @Test
  void retriesKeepTheirGapsAndEndInSuccess() {
    Recorded work = new Recorded(3);
    listen(work);
    sweepEvery(Duration.ofMillis(50));

    JobId id = enqueue("s1");

    await().atMost(Duration.ofSeconds(15)).until(() -> status(id).equals("done"));
    List<Long> gaps = work.gaps();
    // 400, 800 and 1,600 ms, each 20 % either way: when they are due, RetryPolicyTest knows; what
    // a busy machine adds, nobody.
    assertThat(gaps).hasSize(3);
    assertThat(gaps.get(0)).isGreaterThanOrEqualTo(320);
    assertThat(gaps.get(1)).isGreaterThanOrEqualTo(640);
    assertThat(gaps.get(2)).isGreaterThanOrEqualTo(1_280);
    assertThat(work.results).containsExactly("s1");
  }

  @Test
  void aJobThatFailsForEverIsADeadLetterAndOthersGoOn() {
    Recorded work = new Recorded(Integer.MAX_VALUE, "poison");
    listen(work);
    sweepEvery(Duration.ofMillis(50));

    JobId poison = enqueue("poison");
    List<JobId> healthy = List.of(enqueue("a"), enqueue("b"), enqueue("c"));

    await().untilAsserted(() -> assertThat(healthy).allMatch(id -> status(id).equals("done")));
    await().atMost(Duration.ofSeconds(15)).until(() -> status(poison).equals("dead"));
    assertThat(work.attempts.stream().filter(a -> a.subject().equals("poison"))).hasSize(4);
    assertThat(outbox.deadLetters.list(JobKind.REPLAY, 10, 0).items())
        .singleElement()
        .satisfies(letter -> assertThat(letter.lastError()).isEqualTo("IOException"));
  }

  @Test
  void anErrorCountsAsAnAttemptAndIsNotHidden() {
    JobId id = enqueue("s1");
    OutOfMemoryError full = new OutOfMemoryError("heap");
    JobRun run =
        new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters);
    JobWork work =
        new JobWork() {
          @Override
          public JobKind kind() {
            return JobKind.REPLAY;
          }

          @Override
          public Runnable perform(Job job) {
            throw full;
          }
        };

    assertThatThrownBy(() -> run.run(id, work)).isSameAs(full);

    assertThat(status(id)).isEqualTo("retrying");
  }

  @Test
  void aSignalThatComesTwiceDoesItsWorkOnce() {
    Recorded work = new Recorded(0);
    JobId id = enqueue("s1");
    signals.send(
        List.of(
            new JobSignal(JobKind.REPLAY, id),
            new JobSignal(JobKind.REPLAY, id),
            new JobSignal(JobKind.REPLAY, id)));

    listen(work);
    JobId last = enqueue("s2");

    await().until(() -> status(id).equals("done") && status(last).equals("done"));
    assertThat(work.results).containsExactlyInAnyOrder("s1", "s2");
  }

  @Test
  void aMessageThatIsNoSignalIsDroppedAndTheNextIsHeard() {
    Recorded work = new Recorded(0);
    listen(work);
    try (var context = broker.connections().createContext()) {
      context.createProducer().send(context.createQueue("replay"), "{\"jobId\":\"x\"}");
    }

    JobId id = enqueue("s1");

    await().until(() -> status(id).equals("done"));
  }

  /** The container looks for the attribute where the method is declared, not where it is used. */
  @Test
  void noAttemptRunsInATransactionOfTheContainer() throws Exception {
    Class<?> declaring =
        ReplayJobListener.class.getMethod("onMessage", Message.class).getDeclaringClass();

    assertThat(declaring.getAnnotation(TransactionAttribute.class))
        .isNotNull()
        .extracting(TransactionAttribute::value)
        .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
  }

  @Test
  void withoutABrokerJobsAreTakenAndWaitForTheSweep() throws Exception {
    broker.stop();
    JobId id = enqueue("s1");

    assertThat(status(id)).isEqualTo("pending");
    await()
        .untilAsserted(
            () ->
                assertThat(outbox.meters.counter("retrospec.jobs.signals.failed").count())
                    .isEqualTo(1));
  }

  private void listen(JobWork work) {
    JobRun run =
        new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters);
    broker.listen(
        "replay",
        2,
        new JobListener(run) {
          @Override
          protected JobWork work() {
            return work;
          }
        });
  }

  private void sweepEvery(Duration pause) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            outbox.sweep.sweep();
          } catch (RuntimeException e) {
            sweepFailures.add(e);
          }
        },
        0,
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private JobId enqueue(String subject) {
    NewJob job = NewJob.about(JobKind.REPLAY, project, subject, "{}", Set.of("m1"));
    return ((EnqueueOutcome.Enqueued) outbox.queue.enqueue(job)).id();
  }

  private String status(JobId id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select status from job where id = :id")
                    .bind("id", id.value())
                    .mapTo(String.class)
                    .one());
  }

  /** Fails its first attempts; remembers when each began and what was written. */
  private static final class Recorded implements JobWork {

    private record Attempt(String subject, Instant at) {}

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final List<String> results = new CopyOnWriteArrayList<>();
    private final int failures;
    private final Set<String> failing;

    Recorded(int failures, String... failing) {
      this.failures = failures;
      this.failing = Set.of(failing);
    }

    @Override
    public JobKind kind() {
      return JobKind.REPLAY;
    }

    @Override
    public Runnable perform(Job job) throws IOException {
      attempts.add(new Attempt(job.subject(), Instant.now()));
      boolean fails = failing.isEmpty() || failing.contains(job.subject());
      if (fails && job.attempts() <= failures) {
        throw new IOException("the work of attempt " + job.attempts() + " failed");
      }
      return () -> results.add(job.subject());
    }

    List<Long> gaps() {
      List<Long> gaps = new java.util.ArrayList<>();
      for (int i = 1; i < attempts.size(); i++) {
        gaps.add(Duration.between(attempts.get(i - 1).at(), attempts.get(i).at()).toMillis());
      }
      return gaps;
    }
  }
}
