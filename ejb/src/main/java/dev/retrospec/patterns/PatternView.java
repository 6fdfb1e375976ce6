package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with all that is known of it.
 *
 * @param testName of the test in which it was seen first
 * @param affectedFiles of the failing calls, then files changed in runs that failed so
 * @param branches the latest first
 * @param authors the latest first
 * @param occurrenceCount failing tests, each once for a run
 * @param runCount runs in which it was seen
 * @param decision null while nobody decided
 * @param version for the next decision
 */
public record PatternView(
    PatternId id,
    String summary,
    String errorType,
    String errorMessage,
    @Nullable String stackTrace,
    String testName,
    List<String> affectedFiles,
    List<String> branches,
    List<String> authors,
    int occurrenceCount,
    int runCount,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable PatternDecision decision,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String note,
    int version) {}
