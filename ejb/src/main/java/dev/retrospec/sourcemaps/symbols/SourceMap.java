package dev.retrospec.sourcemaps.symbols;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source map (ECMA-426, version 3) that is ready to be asked. Plain maps and index maps; the
 * contents of sources are not kept, because nothing here needs them. Immutable.
 */
public final class SourceMap {

  private static final int BYTES_OF_TEXT = 56; // an object, its array and a place in a list

  /**
   * A part of the script and what maps it; a plain map is one part that begins at its beginning.
   */
  record Part(int line, int column, Mappings mappings, List<String> paths, List<String> names) {}

  private final List<Part> parts;
  private final FunctionRanges functions;
  private final long sizeBytes;

  SourceMap(List<Part> parts, FunctionRanges functions) {
    this.parts = List.copyOf(parts);
    this.functions = functions;
    this.sizeBytes =
        functions.sizeBytes()
            + parts.stream()
                .mapToLong(part -> part.mappings.sizeBytes() + size(part.paths) + size(part.names))
                .sum();
  }

  private static long size(List<String> texts) {
    return texts.stream().mapToLong(text -> BYTES_OF_TEXT + text.length()).sum();
  }

  /** About how much memory it takes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Sources that it lists. */
  public int sourceCount() {
    return parts.stream().mapToInt(part -> part.paths.size()).sum();
  }

  /** Places that it tells. */
  public int mappingCount() {
    return parts.stream().mapToInt(part -> part.mappings.count()).sum();
  }

  /**
   * Where a place of the script comes from; null when the map does not say.
   *
   * @param line 1 and up
   * @param column 1 and up
   */
  public @Nullable OriginalPosition at(int line, int column) {
    Part part = partAt(line - 1, column - 1);
    if (part == null) {
      return null;
    }
    int within = line - 1 - part.line;
    Mappings.Segment segment =
        part.mappings.at(within, within == 0 ? column - 1 - part.column : column - 1);
    if (segment == null || part.paths.get(segment.source()).isEmpty()) {
      return null;
    }
    return new OriginalPosition(
        part.paths.get(segment.source()),
        segment.line() + 1,
        segment.column() + 1,
        segment.name() == Mappings.NONE ? null : part.names.get(segment.name()));
  }

  /** The original function around a place of the script; lines and columns count from 1. */
  FunctionRanges.Found functionAt(int line, int column) {
    return functions.at(line - 1, column - 1);
  }

  private @Nullable Part partAt(int line, int column) {
    int low = 0;
    int high = parts.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Part part = parts.get(middle);
      if (part.line < line || part.line == line && part.column <= column) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high < 0 ? null : parts.get(high);
  }
}
