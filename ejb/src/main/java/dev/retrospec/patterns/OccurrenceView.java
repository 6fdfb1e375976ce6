package dev.retrospec.patterns;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;

/**
 * A test that failed with a pattern.
 *
 * @param similarity with what the pattern had been, 0 to 1
 */
public record OccurrenceView(
    TestRunId testRunId,
    String testName,
    String commitHash,
    String branch,
    String author,
    double similarity,
    Instant seenAt) {}
