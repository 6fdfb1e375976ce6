package dev.retrospec.sourcemaps;

import dev.retrospec.ids.SourceMapId;
import dev.retrospec.sourcemaps.symbols.OriginalLines;
import dev.retrospec.sourcemaps.symbols.StackKey;
import java.util.Set;

/**
 * What maps made of a stack.
 *
 * @param complete whether no later map could tell more
 * @param maps that told it
 */
public record KnownStack(
    StackKey key, OriginalLines lines, boolean complete, Set<SourceMapId> maps) {

  public KnownStack {
    maps = Set.copyOf(maps);
  }
}
