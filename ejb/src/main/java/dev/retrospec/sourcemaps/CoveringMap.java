package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.SourceMapId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored map that may be the one of a script in a stack. */
public record CoveringMap(
    SourceMapId id,
    @Nullable DebugId debugId,
    @Nullable String url,
    List<String> releases,
    ArtifactKey objectKey) {}
