package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** With pgvector, where {@code ./retrospec test} could build it. */
@EnabledIfEnvironmentVariable(named = "RETROSPEC_PGVECTOR", matches = ".+")
class ModelVectorsWithPgvectorTest extends ModelVectorsContract {

  @Override
  TestDatabase database() {
    return TestDatabase.withPgvector().orElseThrow();
  }

  @Test
  void eachUsualDimensionHasAnIndex() {
    int indexes =
        database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from pg_indexes where tablename = 'model_vector'"
                                + " and indexdef like '%hnsw%'")
                        .mapTo(Integer.class)
                        .one());

    assertThat(indexes).isGreaterThanOrEqualTo(7);
  }
}
