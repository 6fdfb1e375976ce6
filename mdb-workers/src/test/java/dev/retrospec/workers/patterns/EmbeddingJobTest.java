package dev.retrospec.workers.patterns;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.PatternId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
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
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    ModelServer.answers(SERVER);
    ci.jdbi.useHandle(handle -> handle.execute("delete from job"));
    broker = new Broker();
    JmsJobSignals signals =
        new JmsJobSignals(
            broker.connections(),
            Map.of(JobKind.EMBEDDING, broker.queue("embedding")),
            sender,
            ci.outbox.meters);
    ci.outbox.enqueued.observedBy(event -> signals.send(event.signals()));
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

    await().atMost(Duration.ofSeconds(20)).until(() -> vectors() == 5 && open() == 0);
  }

  @Test
  void anotherTryFollowsWhenTheServerFailsAndADeadLetterInTheEnd() {
    ModelServer.answers(SERVER, serverError());
    ci.fails("signsIn", CiMemory.refused(5432));
    await().atMost(Duration.ofSeconds(20)).until(() -> count("retrying") == 1);

    ModelServer.answers(SERVER);
    ci.clock.pass(Duration.ofMinutes(1));
    ci.outbox.sweep.sweep();
    await().atMost(Duration.ofSeconds(20)).until(() -> count("done") == 1);
    assertThat(vectors()).isEqualTo(1);

    ModelServer.answers(SERVER, serverError());
    ci.fails("showsTheTotal", CiMemory.nullTotal());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              ci.clock.pass(Duration.ofHours(1));
              ci.outbox.sweep.sweep();
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
    perform(desk, job, EmbeddingTask.newest(ModelVectors.Kind.PATTERN));

    // So many different failures that the last of them is not compared at the intake.
    RunDesk.Submission many = RunDesk.run("c2");
    for (int i = 0; i < 200; i++) {
      many.failing("other" + i, reported(CiMemory.unlike(i)));
    }
    Failure refused = RunDesk.refused(9090);
    RunAnswer second =
        desk.stored(
            many.failing(
                "SessionTest",
                new Failure(refused.type(), "Connection reset by the gateway", refused.stack())));
    PatternId young =
        desk.find(second.testRunId()).failedTests().stream()
            .filter(test -> test.testName().equals("SessionTest"))
            .findFirst()
            .orElseThrow()
            .patternId();
    assertThat(young).isNotEqualTo(old);
    assertThat(similar(second, young)).isEmpty();

    for (int i = 0; i < 70; i++) {
      perform(desk, job, EmbeddingTask.newest(ModelVectors.Kind.PATTERN));
    }

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

  private long vectors() {
    return ci.count("select count(*) from model_vector where project_id = :project");
  }

  private long count(String status) {
    return ci.count(
        "select count(*) from job where project_id = :project and status = '" + status + "'");
  }

  private long open() {
    return ci.count(
        "select count(*) from job where project_id = :project and status in"
            + " ('pending', 'running', 'retrying')");
  }
}
