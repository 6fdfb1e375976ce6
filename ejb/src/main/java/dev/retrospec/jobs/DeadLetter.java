package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job that was given up. */
public record DeadLetter(
    JobId id,
    JobKind queue,
    ProjectId projectId,
    String subject,
    int attempts,
    @Nullable String lastError,
    Instant createdAt,
    Instant failedAt) {}
