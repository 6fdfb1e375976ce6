package dev.retrospec.artifacts;

import java.time.Instant;

/**
 * What the store knows of an object without reading it.
 *
 * @param lastModified by the store's clock
 */
public record ArtifactInfo(ArtifactKey key, long sizeBytes, Instant lastModified) {}
