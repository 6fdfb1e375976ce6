package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retrospec.ids.PatternId;
import dev.retrospec.patterns.ModelVectors.Kind;
import dev.retrospec.patterns.ModelVectors.Made;
import dev.retrospec.patterns.ModelVectors.Neighbour;
import dev.retrospec.patterns.openai.EmbeddingConfig;
import dev.retrospec.patterns.openai.ModelVector;
import dev.retrospec.platform.openai.OpenAiServer;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors of models, with pgvector and without. */
abstract class ModelVectorsContract {

  private final CiMemory ci = new CiMemory(database());

  abstract TestDatabase database();

  @Test
  void theNearestComeFirstWithTheirCosines() {
    String same = entry("one", "m", 1, 0, 0);
    String near = entry("two", "m", 1, 1, 0);
    String far = entry("three", "m", 0, 0, 1);

    List<Neighbour> found = nearest("m", 1, 0, 0);

    assertThat(found).extracting(Neighbour::ownerId).containsExactly(same, near, far);
    assertThat(found.get(0).cosine()).isCloseTo(1, within(1e-6));
    assertThat(found.get(1).cosine()).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(found.get(2).cosine()).isCloseTo(0, within(1e-6));
  }

  @Test
  void otherModelsDimensionsKindsAndProjectsAreNotLookedAt() {
    entry("other model", "n", 1, 0, 0);
    entry("other dimensions", "m", 1, 0);
    CiMemory other = new CiMemory(database());
    keep(other, other.inTransaction(() -> add(other, "other project")), "m", 1, 0, 0);
    PatternId pattern = ci.fails("t", CiMemory.nullTotal()).pattern();
    ci.vectors.put(
        ci.project,
        Kind.PATTERN,
        List.of(new Made(pattern.value(), "h", vector("m", 1, 0, 0))),
        ci.clock.instant());
    String own = entry("own", "m", 0, 1, 0);

    assertThat(nearest("m", 1, 0, 0)).extracting(Neighbour::ownerId).containsExactly(own);
    assertThat(ci.vectors.nearest(ci.project, Kind.PATTERN, vector("m", 1, 0, 0), 10))
        .extracting(Neighbour::ownerId)
        .containsExactly(pattern.value());
  }

  @Test
  void aNewVectorReplacesTheOldOne() {
    String id = entry("one", "m", 1, 0, 0);
    keep(ci, id, "n", 0, 1);

    assertThat(nearest("m", 1, 0, 0)).isEmpty();
    assertThat(nearest("n", 0, 1)).extracting(Neighbour::ownerId).containsExactly(id);
  }

  @Test
  void aVectorGoesWithItsOwner() {
    String id = entry("one", "m", 1, 0, 0);
    PatternId pattern = ci.fails("t", CiMemory.nullTotal()).pattern();
    List<Made> made = List.of(new Made(pattern.value(), "h", vector("m", 1, 0, 0)));
    ci.vectors.put(ci.project, Kind.PATTERN, made, ci.clock.instant());
    assertThat(vectors()).isEqualTo(2);

    ci.jdbi.useHandle(
        handle -> {
          handle.execute("delete from failure_pattern where id = ?", pattern);
          handle.execute("delete from memory_entry where id = ?", id);
        });

    assertThat(vectors()).isZero();
    ci.vectors.put(ci.project, Kind.PATTERN, made, ci.clock.instant());
    assertThat(vectors()).isZero();
  }

  @Test
  void aTextThatWasReadIsKnownByItsHash() {
    String id = entry("one", "m", 3, 4);

    Map<String, ModelVector> known =
        ci.vectors.known(ci.project, model("m"), List.of("hash of " + id, "another"));

    assertThat(known).containsOnlyKeys("hash of " + id);
    assertThat(known.get("hash of " + id).values()).containsExactly(0.6f, 0.8f);
    assertThat(ci.vectors.known(ci.project, model("n"), List.of("hash of " + id))).isEmpty();
  }

  /** So many that the index is asked, where there is one. */
  @Test
  void theNearestOfManyAreFoundBesideThoseOfAnotherProject() {
    Random random = new Random(7);
    CiMemory other = new CiMemory(database());
    many(other, "other", 300, random);
    many(ci, "old", 1_000, random);
    List<ModelVector> newest = many(ci, "new", 100, random);

    int found = 0;
    for (int i = 0; i < 20; i++) {
      List<Neighbour> near = nearest(newest.get(i));
      assertThat(near).hasSize(10);
      found += near.get(0).ownerId().equals("new" + i) ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(18);
  }

  private List<ModelVector> many(CiMemory memory, String name, int count, Random random) {
    List<ModelVector> vectors = new ArrayList<>();
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[384];
      for (int d = 0; d < values.length; d++) {
        values[d] = (float) random.nextGaussian();
      }
      vectors.add(vector("m", values));
      made.add(new Made(name + i, name + i, vectors.get(i)));
    }
    memory.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into memory_entry (project_id, id, text, words, embedding, created_at)"
                    + " select ?, ? || i, 'text', '{}', cast(array[1]::real[] as vector),"
                    + " now() from generate_series(0, ? - 1) i",
                memory.project,
                name,
                count));
    memory.vectors.put(memory.project, Kind.ENTRY, made, memory.clock.instant());
    return vectors;
  }

  private String entry(String text, String model, float... values) {
    String id = ci.inTransaction(() -> add(ci, text));
    keep(ci, id, model, values);
    return id;
  }

  private static String add(CiMemory memory, String text) {
    return memory.entries.add(memory.project, text, Map.of()).id();
  }

  private static void keep(CiMemory memory, String id, String model, float... values) {
    memory.vectors.put(
        memory.project,
        Kind.ENTRY,
        List.of(new Made(id, "hash of " + id, vector(model, values))),
        memory.clock.instant());
  }

  private List<Neighbour> nearest(String model, float... values) {
    return nearest(vector(model, values));
  }

  private List<Neighbour> nearest(ModelVector wanted) {
    return ci.vectors.nearest(ci.project, Kind.ENTRY, wanted, 10);
  }

  private long vectors() {
    return ci.count("select count(*) from model_vector where project_id = :project");
  }

  private static EmbeddingConfig.Model model(String name) {
    return new EmbeddingConfig.Model(
        new OpenAiServer("http://localhost", ""),
        name,
        null,
        3,
        100,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  private static ModelVector vector(String model, float... values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    float[] unit = values.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / Math.sqrt(squares));
    }
    return new ModelVector(model, unit);
  }
}
