package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that a failure resembles, as it was before this failure came.
 *
 * @param similarity calibrated, 0 to 1
 * @param occurrenceCount before
 * @param lastSeen before
 * @param issue of production that is the same failure; null when none is known, or several that are
 *     nearly alike
 */
public record SimilarPattern(
    PatternId patternId,
    double similarity,
    String summary,
    int occurrenceCount,
    Instant lastSeen,
    Why why,
    @Nullable ClusterKey issue) {}
