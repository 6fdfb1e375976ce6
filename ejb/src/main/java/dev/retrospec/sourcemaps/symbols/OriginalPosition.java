package dev.retrospec.sourcemaps.symbols;

import org.jspecify.annotations.Nullable;

/**
 * A place in the code as people wrote it.
 *
 * @param line 1 and up
 * @param column 1 and up
 * @param name what the generated name at this place was called; null where the map tells none
 */
public record OriginalPosition(String path, int line, int column, @Nullable String name) {}
