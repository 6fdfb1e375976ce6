package dev.retrospec.sourcemaps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one release together.
 *
 * @param release null for maps that were uploaded without one
 */
public record ReleaseMaps(
    @Nullable String release,
    int maps,
    long sizeBytes,
    long storedBytes,
    Instant uploadedAt,
    Instant lastSeenAt) {}
