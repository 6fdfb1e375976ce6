package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import java.time.Instant;

/**
 * A pattern and an issue of production are one failure.
 *
 * @param similarity when they were linked, 0 to 1; 1 when a person did
 * @param linkedBy {@value #BY_MATCH}, else who said so
 */
public record LinkedIssue(
    PatternId patternId,
    ClusterKey clusterKey,
    double similarity,
    String linkedBy,
    Instant linkedAt) {

  /** Nobody said so: they are alike. */
  public static final String BY_MATCH = "match";
}
