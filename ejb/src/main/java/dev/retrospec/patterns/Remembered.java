package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import java.util.List;

/**
 * Where a failure ended up.
 *
 * @param pattern that it belongs to from now on
 * @param isNew whether nobody had seen it before, or two patterns resemble it nearly alike
 * @param similar patterns it resembles, the most similar first: its own, when that was there
 *     before, and others; each with 0.6 or more
 * @param issues of production that are the same failure, the most similar first: one, or several
 *     that are nearly alike, so that nobody can say which; empty when none is known
 */
public record Remembered(
    PatternId pattern, boolean isNew, List<SimilarPattern> similar, List<ClusterKey> issues) {

  public Remembered {
    similar = List.copyOf(similar);
    issues = List.copyOf(issues);
  }
}
