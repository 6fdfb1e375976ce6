package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a failure ended up.
 *
 * @param pattern that it belongs to from now on
 * @param isNew whether nobody had seen it before
 * @param similar patterns it resembles, the most similar first: its own, when that was there
 *     before, and others; each with 0.6 or more
 * @param issue of production that is the same failure; null when none is known
 */
public record Remembered(
    PatternId pattern, boolean isNew, List<SimilarPattern> similar, @Nullable ClusterKey issue) {

  public Remembered {
    similar = List.copyOf(similar);
  }
}
