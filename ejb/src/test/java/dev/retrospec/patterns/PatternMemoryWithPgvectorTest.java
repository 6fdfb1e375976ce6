package dev.retrospec.patterns;

import dev.retrospec.testing.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** With pgvector, where {@code ./retrospec test} could build it. */
@EnabledIfEnvironmentVariable(named = "RETROSPEC_PGVECTOR", matches = ".+")
class PatternMemoryWithPgvectorTest extends PatternMemoryContract {

  @Override
  CiMemory memory() {
    return new CiMemory(TestDatabase.withPgvector().orElseThrow());
  }
}
