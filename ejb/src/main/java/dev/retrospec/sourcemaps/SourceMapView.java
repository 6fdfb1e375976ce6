package dev.retrospec.sourcemaps;

import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.SourceMapId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored map as lists show it.
 *
 * @param url path or address of its script, as it was told
 * @param releases that it is part of
 * @param sizeBytes as it is kept, without the contents of its sources, inflated
 * @param storedBytes in the object store
 * @param sources that it lists
 * @param mappings places that it tells
 * @param lastSeenAt when it was uploaded, or its release or an error of it was seen last; to the
 *     day
 */
public record SourceMapView(
    SourceMapId id,
    @Nullable DebugId debugId,
    @Nullable String url,
    List<String> releases,
    long sizeBytes,
    long storedBytes,
    int sources,
    int mappings,
    Instant uploadedAt,
    Instant lastSeenAt) {

  public SourceMapView {
    releases = List.copyOf(releases);
  }
}
