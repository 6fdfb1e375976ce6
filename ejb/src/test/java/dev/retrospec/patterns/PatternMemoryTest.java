package dev.retrospec.patterns;

/** Without pgvector: as on any PostgreSQL. */
class PatternMemoryTest extends PatternMemoryContract {

  @Override
  CiMemory memory() {
    return new CiMemory();
  }
}
