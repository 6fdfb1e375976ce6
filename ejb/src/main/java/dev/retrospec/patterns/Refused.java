package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import java.time.Instant;

/**
 * Somebody said that a pattern and something else are different failures.
 *
 * @param otherId of an issue of production or of another pattern
 */
public record Refused(
    PatternId patternId, boolean isIssue, String otherId, String decidedBy, Instant decidedAt) {}
