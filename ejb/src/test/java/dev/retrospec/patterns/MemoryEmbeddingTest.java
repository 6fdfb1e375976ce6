package dev.retrospec.patterns;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.ids.PatternId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.patterns.ModelVectors.Kind;
import dev.retrospec.patterns.openai.EmbeddingConfig;
import dev.retrospec.patterns.openai.ModelServer;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemoryEmbeddingTest {

  private static final String CANARY = "ada.canary@example.test";
  private static final String SECRET = "ghp_1234567890abcdefghijklmnopqrstuvwxyzAB";

  @RegisterExtension static final WireMockExtension SERVER = ModelServer.start();

  private final CiMemory ci = with("small", null);

  @BeforeEach
  void answers() {
    ModelServer.answers(SERVER);
  }

  @Test
  void withoutAModelNoJobIsAskedForAndNothingLeaves() {
    CiMemory off = new CiMemory(TestDatabase.get());
    off.fails("signsIn", CiMemory.refused(5432));
    off.inTransaction(() -> off.entries.add(off.project, "text", Map.of()));
    off.inTransaction(off.requests::askForMissing);
    off.find("refused", 0.1);

    assertThat(jobs(off)).isEmpty();
    assertThat(ModelServer.texts(SERVER)).isEmpty();
  }

  @Test
  void aNewPatternAsksForAJobAndAnOldOneDoesNot() {
    ci.fails("signsIn", CiMemory.refused(5432));
    assertThat(jobs(ci)).containsExactly(EmbeddingTask.newest(Kind.PATTERN));

    ci.fails("signsIn", CiMemory.refused(5433));
    assertThat(jobs(ci)).hasSize(1);

    ci.inTransaction(() -> ci.entries.add(ci.project, "text", Map.of()));
    assertThat(jobs(ci)).contains(EmbeddingTask.newest(Kind.ENTRY)).hasSize(2);
  }

  @Test
  void theIntakeDoesNotWaitForTheModel() {
    ModelServer.answers(SERVER, serverError());

    assertThat(ci.fails("signsIn", CiMemory.refused(5432)).isNew()).isTrue();
    assertThat(ModelServer.texts(SERVER)).isEmpty();
  }

  @Test
  void everythingIsReadInSlicesEachOfWhichAsksForTheNext() {
    for (int i = 0; i < 7; i++) {
      ci.fails("t" + i, CiMemory.unlike(i));
    }
    for (int i = 0; i < 2; i++) {
      String text = "note number " + (char) ('a' + i);
      ci.inTransaction(() -> ci.entries.add(ci.project, text, Map.of()));
    }

    assertThat(readAll(ci, EmbeddingTask.all())).isGreaterThanOrEqualTo(4);

    assertThat(vectors()).isEqualTo(9);
    assertThat(ModelServer.texts(SERVER)).hasSize(9).doesNotHaveDuplicates();
    ModelServer.answers(SERVER);
    readAll(ci, EmbeddingTask.all());
    assertThat(ModelServer.texts(SERVER)).isEmpty();
  }

  @Test
  void theNewestAreReadWithoutLookingAtAll() {
    for (int i = 0; i < 4; i++) {
      ci.fails("t" + i, CiMemory.unlike(i));
    }

    assertThat(readAll(ci, EmbeddingTask.newest(Kind.PATTERN))).isEqualTo(2);
    assertThat(vectors()).isEqualTo(4);
  }

  @Test
  void anotherModelOrOtherDimensionsReadEverythingAgain() {
    ci.fails("signsIn", CiMemory.refused(5432));
    ci.fails("showsTheTotal", CiMemory.nullTotal());
    readAll(ci, EmbeddingTask.all());

    CiMemory shorter = with("small", 64);
    readAll(shorter, EmbeddingTask.all());
    assertThat(made("small", 64)).isEqualTo(2);

    CiMemory large = with("large", 64);
    readAll(large, EmbeddingTask.all());
    assertThat(made("large", 64)).isEqualTo(2);
    assertThat(vectors()).isEqualTo(2);
  }

  @Test
  void whatWasReadStandsWhenTheServerGoesAwayMidway() {
    for (int i = 0; i < 5; i++) {
      ci.fails("t" + i, CiMemory.unlike(i));
    }
    MemoryEmbedding.Slice first = ci.embedding.read(ci.project, EmbeddingTask.all());
    ci.inTransaction(() -> ci.embedding.keep(ci.project, first, "1"));
    ModelServer.answers(SERVER, status(429));
    assertThatThrownBy(() -> ci.embedding.read(ci.project, EmbeddingTask.all()))
        .isInstanceOf(ModelUnavailable.class);
    assertThat(vectors()).isEqualTo(3);

    ModelServer.answers(SERVER);
    readAll(ci, EmbeddingTask.all());

    assertThat(vectors()).isEqualTo(5);
    assertThat(ModelServer.texts(SERVER)).hasSize(2);
  }

  @Test
  void oneTextThatTheServerDoesNotTakeHoldsUpNoOther() {
    for (String text : List.of("first note", "poison", "last note")) {
      ci.inTransaction(() -> ci.entries.add(ci.project, text, Map.of()));
    }
    SERVER.stubFor(
        post("/v1/embeddings").withRequestBody(containing("poison")).willReturn(status(400)));

    readAll(ci, EmbeddingTask.all());

    assertThat(vectors()).isEqualTo(2);
  }

  @Test
  void aServerThatTakesNothingIsAFailedAttempt() {
    ci.fails("signsIn", CiMemory.refused(5432));
    ci.fails("showsTheTotal", CiMemory.nullTotal());
    ModelServer.answers(SERVER, status(400));

    assertThatThrownBy(() -> ci.embedding.read(ci.project, EmbeddingTask.all()))
        .isInstanceOf(ModelUnavailable.class);
  }

  @Test
  void equalTextsAreSentOnce() {
    for (int i = 0; i < 2; i++) {
      ci.inTransaction(() -> ci.entries.add(ci.project, "The nightly database was full", Map.of()));
    }
    readAll(ci, EmbeddingTask.all());
    ci.inTransaction(() -> ci.entries.add(ci.project, "The nightly database was full", Map.of()));
    readAll(ci, EmbeddingTask.newest(Kind.ENTRY));

    assertThat(vectors()).isEqualTo(3);
    assertThat(ModelServer.texts(SERVER)).hasSize(1);
  }

  @Test
  void whatLeavesIsRedacted() {
    ci.fails(
        "signsIn",
        new FailureText(
            "java.lang.IllegalStateException",
            "No account for " + CANARY + " with Bearer " + SECRET,
            "java.lang.IllegalStateException: " + CANARY + "\n\tat com.shop.A.b(A.java:1)\n"));
    ci.inTransaction(
        () -> ci.entries.add(ci.project, "Ask " + CANARY + ", token " + SECRET, Map.of()));
    // as if an earlier release had kept it
    ci.jdbi.useHandle(
        handle ->
            handle.execute(
                "update failure_pattern set error_message = ? where project_id = ?",
                "No account for " + CANARY + " with Bearer " + SECRET,
                ci.project));

    readAll(ci, EmbeddingTask.all());
    ci.find("what happened to " + CANARY + " Bearer " + SECRET, 0.5);

    assertThat(ModelServer.texts(SERVER))
        .hasSize(3)
        .anyMatch(text -> text.contains("No account for"))
        .allSatisfy(text -> assertThat(text).doesNotContain("ada.canary", SECRET));
  }

  @Test
  void aNewPatternFindsWhatItResemblesAmongThoseThatWereThere() {
    PatternId old = ci.fails("signsIn", CiMemory.refused(5432)).pattern();
    readAll(ci, EmbeddingTask.newest(Kind.PATTERN));
    ci.clock.pass(Duration.ofMinutes(5));
    PatternId young = ci.fails("signsOut", CiMemory.nullTotal()).pattern();
    // the model says that they are near, the rules that they are not the same
    assertThat(ci.embedding.read(ci.project, EmbeddingTask.newest(Kind.PATTERN)).alike()).isEmpty();

    PatternId alike = another("LoginFlowTest", "Connection refused while calling /api/auth");
    List<FoundAlike> found =
        ci.embedding.read(ci.project, EmbeddingTask.newest(Kind.PATTERN)).alike();

    assertThat(found)
        .filteredOn(one -> one.pattern().equals(alike))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.older()).isEqualTo(old).isNotEqualTo(young);
              assertThat(one.similarity()).isBetween(PatternConfig.LISTED, 1.0);
              assertThat(one.why().sharedFrames()).isNotEmpty();
            });
  }

  /** A pattern of its own, although it is much like the refused connection. */
  private PatternId another(String test, String message) {
    PatternId id = ci.fails(test, CiMemory.unlike(99)).pattern();
    FailureText like = CiMemory.refused(7000);
    ci.jdbi.useHandle(
        handle ->
            handle.execute(
                "update failure_pattern set error_type = ?, error_message = ?, stack_trace = ?"
                    + " where project_id = ? and id = ?",
                like.type(),
                message,
                like.stack(),
                ci.project,
                id));
    return id;
  }

  @Test
  void everythingIsAskedForOnceInAnHour() {
    ci.fails("signsIn", CiMemory.refused(5432));
    ci.inTransaction(ci.requests::askForMissing);
    ci.inTransaction(ci.requests::askForMissing);
    assertThat(jobs(ci)).filteredOn(EmbeddingTask.all()::equals).hasSize(1);

    ci.clock.pass(Duration.ofHours(2));
    ci.inTransaction(ci.requests::askForMissing);
    assertThat(jobs(ci)).filteredOn(EmbeddingTask.all()::equals).hasSize(2);
  }

  /** The same project and time, with this model. */
  private CiMemory with(String model, @Nullable Integer dimensions) {
    EmbeddingConfig config = ModelServer.config(SERVER, model, dimensions);
    return ci == null
        ? new CiMemory(TestDatabase.get(), config)
        : new CiMemory(ci.database, ci.project, ci.clock, config);
  }

  /** Plays the jobs; how many slices there were. */
  private int readAll(CiMemory memory, EmbeddingTask first) {
    int slices = 0;
    EmbeddingTask task = first;
    while (task != null) {
      List<EmbeddingTask> before = jobs(memory);
      MemoryEmbedding.Slice slice = memory.embedding.read(memory.project, task);
      String name = "slice " + System.identityHashCode(slice);
      memory.inTransaction(() -> memory.embedding.keep(memory.project, slice, name));
      List<EmbeddingTask> after = jobs(memory);
      task = after.size() > before.size() ? after.get(after.size() - 1) : null;
      slices++;
    }
    return slices;
  }

  private static List<EmbeddingTask> jobs(CiMemory memory) {
    return memory.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select payload::text from job where project_id = :project and kind = :kind"
                        + " order by id")
                .bind("project", memory.project)
                .bind("kind", JobKind.EMBEDDING.wireName())
                .mapTo(String.class)
                .map(json -> Json.read(json, EmbeddingTask.class))
                .list());
  }

  private long vectors() {
    return ci.count("select count(*) from model_vector where project_id = :project");
  }

  private long made(String model, int dimensions) {
    return ci.count(
        "select count(*) from model_vector where project_id = :project and model = '"
            + model
            + "' and dimensions = "
            + dimensions);
  }
}
