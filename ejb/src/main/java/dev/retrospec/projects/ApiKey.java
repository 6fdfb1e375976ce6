package dev.retrospec.projects;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project key without its secret, which nobody can show again.
 *
 * @param status {@code active} or {@code revoked}
 * @param lastUsedAt to the minute; null before its first use
 */
public record ApiKey(
    ApiKeyId id,
    ProjectId projectId,
    String label,
    KeyScope scope,
    String status,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {}
