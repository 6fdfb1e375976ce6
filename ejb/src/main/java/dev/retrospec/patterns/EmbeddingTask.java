package dev.retrospec.patterns;

import org.jspecify.annotations.Nullable;

/**
 * What a job of the kind {@code embedding} reads.
 *
 * @param kind patterns or entries
 * @param after where the last slice of all of them has ended, empty at the beginning; null: the
 *     newest only
 */
public record EmbeddingTask(ModelVectors.Kind kind, @Nullable String after) {

  /** What has just come. */
  static EmbeddingTask newest(ModelVectors.Kind kind) {
    return new EmbeddingTask(kind, null);
  }

  /** Everything, patterns first. */
  static EmbeddingTask all() {
    return new EmbeddingTask(ModelVectors.Kind.PATTERN, "");
  }
}
