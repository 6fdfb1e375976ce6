package dev.retrospec.patterns;

import dev.retrospec.testing.TestDatabase;

/** Without the extension. */
class ModelVectorsTest extends ModelVectorsContract {

  @Override
  TestDatabase database() {
    return TestDatabase.get();
  }
}
