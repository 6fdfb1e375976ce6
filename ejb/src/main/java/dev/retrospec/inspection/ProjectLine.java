package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project as the list shows it.
 *
 * @param activeKeys that are not revoked
 * @param lastSessionAt null while nothing was recorded
 */
public record ProjectLine(
    ProjectId id,
    String name,
    String site,
    Instant createdAt,
    int activeKeys,
    @Nullable Instant lastSessionAt) {}
