package dev.retrospec.testruns;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as a line of a list. */
public record TestRunLine(
    TestRunId id,
    String repository,
    String commitHash,
    String branch,
    String job,
    String author,
    RunStatus status,
    @Nullable Integer prNumber,
    @Nullable Long durationMs,
    int tests,
    int failed,
    int flaky,
    int skipped,
    Instant createdAt) {}
