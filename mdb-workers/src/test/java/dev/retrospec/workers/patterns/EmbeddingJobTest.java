package dev.retrospec.workers.patterns;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.PatternId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.jms.JmsJobSignals;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.patterns.EmbeddingTask;
import dev.retrospec.patterns.ModelVectors;
import dev.retrospec.patterns.openai.ModelServer;
import dev.retrospec.platform.json.Json;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.testruns.LateMatches;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunDesk;
import dev.retrospec.testruns.TestResult.Failure;
import dev.retrospec.workers.runtime.Broker;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.JobWork;
import dev.retrospec.workers.runtime.YieldConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the intake over a real broker and a model's server to the vectors. */
class EmbeddingJobTest {

  @RegisterExtension static final WireMockExtension SERVER = ModelServer.start();

  private final CiMemory ci =
      new CiMemory(TestDatabase.get(), ModelServer.config(SERVER, "small", null));
  private final LateMatches matches = new LateMatches(ci.jdbi);
  private final EmbeddingJob work = new EmbeddingJob(ci.embedding, matches);
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final List<JobSignal> sent = new CopyOnWriteArrayList<>();
  private Broker broker;
  private JmsJobSignals signals;

  @BeforeEach
  void start() throws Exception {
    ModelServer.answers(SERVER);
    ci.jdbi.useHandle(handle -> handle.execute("delete from job"));
    broker = new Broker();
    signals =
        new JmsJobSignals(
            broker.connections(),
            Map.of(JobKind.EMBEDDING, broker.queue("embedding")),
            sender,
            ci.outbox.meters);
    ci.outbox.enqueued.observedBy(event -> sent.addAll(event.signals()));
    JobRun run =
        new JobRun(ci.outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), ci.outbox.meters);
    broker.listen(
        "embedding",
        1,
        new JobListener(run) {
          @Override
          protected JobWork work() {
            return work;
          }
        });
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
    sender.shutdownNow();
  }

  @Test
  void aRunsNewFailuresAreReadAfterItsIntake() {
    for (int i = 0; i < 5; i++) {
      ci.fails("t" + i, CiMemory.unlike(i));
    }

    comes(() -> vectors() == 5 && count("done") > 0 && count("pending") == 0);
  }

  @Test
  void anotherTryFollowsWhenTheServerFailsAndADeadLetterInTheEnd() {
    ModelServer.answers(SERVER, serverError());
    ci.fails("signsIn", CiMemory.refused(5432));
    comes(() -> count("retrying") == 1);

    ModelServer.answers(SERVER);
    ci.clock.pass(Duration.ofMinutes(1));
    ci.outbox.sweep.sweep();
    comes(() -> count("done") == 1);
    assertThat(vectors()).isEqualTo(1);

    ModelServer.answers(SERVER, serverError());
    ci.fails("showsTheTotal", CiMemory.nullTotal());
    comes(
        () -> {
          if (count("retrying") == 1) {
            ci.clock.pass(Duration.ofMinutes(15));
            ci.outbox.sweep.sweep();
          }
          return count("dead") == 1;
        });
    assertThat(ci.outbox.deadLetters.list(JobKind.EMBEDDING, 10, 0).items())
        .singleElement()
        .satisfies(letter -> assertThat(letter.lastError()).contains("500"));
  }

  @Test
  void aRunsPageGainsWhatItsFailuresResembleOnceTheyWereRead() {
    RunDesk desk = new RunDesk();
    RunAnswer first = desk.stored(RunDesk.run("c1").failing("LoginTest", RunDesk.refused(8080)));
    PatternId old = desk.find(first.testRunId()).failedTests().get(0).patternId();
    CiMemory memory =
        new CiMemory(
            desk.database, desk.project, desk.clock, ModelServer.config(SERVER, "small", null));
    EmbeddingJob job = new EmbeddingJob(memory.embedding, matches);
    perform(desk, job, new EmbeddingTask(ModelVectors.Kind.PATTERN, null));

    RunAnswer second =
        desk.stored(RunDesk.run("c2").failing("SessionTest", reported(CiMemory.unlike(1))));
    PatternId young = desk.find(second.testRunId()).failedTests().get(0).patternId();
    assertThat(young).isNotEqualTo(old);
    assertThat(similar(second, young)).isEmpty();
    // as if it had looked so, and no word and no call had led to the old one
    Failure refused = RunDesk.refused(9090);
    ci.jdbi.useHandle(
        handle ->
            handle.execute(
                "update failure_pattern set error_type = ?, error_message = ?, stack_trace = ?"
                    + " where id = ?",
                refused.type(),
                "The gateway was unreachable",
                refused.stack(),
                young));

    perform(desk, job, new EmbeddingTask(ModelVectors.Kind.PATTERN, null));
    perform(desk, job, new EmbeddingTask(ModelVectors.Kind.PATTERN, null));

    assertThat(similar(second, young)).containsExactly(old.value());
    assertThat(desk.find(second.testRunId()).answer()).isEqualTo(second);
  }

  private static void perform(RunDesk desk, EmbeddingJob work, EmbeddingTask task) {
    Job job = new Job(new JobId(1), JobKind.EMBEDDING, desk.project, "s", Json.write(task), 1, 3);
    desk.database.inTransaction(work.perform(job));
  }

  private List<String> similar(RunAnswer run, PatternId pattern) {
    return ci.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select m.pattern_id from pattern_match m"
                        + " join failed_test f on f.id = m.failed_test_id"
                        + " where m.test_run_id = :run and f.pattern_id = :pattern")
                .bind("run", run.testRunId())
                .bind("pattern", pattern)
                .mapTo(String.class)
                .list());
  }

  private static Failure reported(FailureText text) {
    return new Failure(text.type(), text.message(), text.stack());
  }

  /** Signals again and again: here one may be heard before its job is committed. */
  private void comes(Callable<Boolean> what) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              signals.send(List.copyOf(sent));
              return what.call();
            });
  }

  private long vectors() {
    return ci.count("select count(*) from model_vector where project_id = :project");
  }

  private long count(String status) {
    return ci.count(
        "select count(*) from job where project_id = :project and status = '" + status + "'");
  }
}
