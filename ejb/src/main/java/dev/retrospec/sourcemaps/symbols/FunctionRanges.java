package dev.retrospec.sourcemaps.symbols;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which original function each part of the generated script is: what our command line writes into a
 * map as {@code x_retrospec_functions}, because a minifier's names say nothing and a map's {@code
 * names} belong to single words. Groups of five VLQ numbers, separated by commas, in the order of
 * their starts: line (since the group before), column, lines (until the end), column of the end
 * (exclusive), and the index in {@code names} + 1, or 0 for a function without a name. Functions
 * nest and do not overlap otherwise. Immutable.
 */
final class FunctionRanges {

  private static final int NUMBERS = 5;

  /** Five times what the largest public sites have; each takes forty bytes. */
  static final int MAX_RANGES = 500_000;

  private static final int BYTES_OF_RANGE = 6 * 4;

  /** What the map says about a place. */
  sealed interface Found {}

  /** Functions are not told, or none is around the place. */
  record Unknown() implements Found {}

  /** The function around the place. */
  record Named(String name) implements Found {}

  /** The function around the place has no name. */
  record Nameless() implements Found {}

  private record Range(
      int startLine, int startColumn, int endLine, int endColumn, int name, int outer) {

    boolean contains(int line, int column) {
      boolean begun = line > startLine || line == startLine && column >= startColumn;
      return begun && !endsBefore(line, column);
    }

    boolean endsBefore(int line, int column) {
      return line > endLine || line == endLine && column >= endColumn;
    }
  }

  private final List<Range> ranges;
  private final List<String> names;

  /**
   * @param encoded null: functions are not told
   * @throws InvalidSourceMap when it is not of this form
   */
  FunctionRanges(@Nullable String encoded, List<String> names) {
    this.names = names;
    List<Range> read = new ArrayList<>();
    if (encoded != null && !encoded.isEmpty()) {
      Vlq numbers = new Vlq(Vlq.bytes(encoded), 0);
      int line = 0;
      int column = 0;
      while (true) {
        int[] group = new int[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
          group[i] = numbers.next();
        }
        boolean follows = group[0] > 0 || group[0] == 0 && group[1] >= column;
        if (!follows || group[1] < 0 || group[2] < 0 || group[4] < 0 || group[4] > names.size()) {
          throw new InvalidSourceMap("has x_retrospec_functions that are out of order");
        }
        if (read.size() == MAX_RANGES) {
          throw new InvalidSourceMap("has more than " + MAX_RANGES + " functions");
        }
        line += group[0];
        column = group[1];
        read.add(
            new Range(
                line, column, line + group[2], group[3], group[4] - 1, around(read, line, column)));
        if (numbers.atEnd()) {
          break;
        }
        if (numbers.separator() != ',') {
          throw new InvalidSourceMap("has x_retrospec_functions of no known form");
        }
        numbers.skip();
      }
    }
    this.ranges = List.copyOf(read);
  }

  private static int around(List<Range> read, int line, int column) {
    int at = read.size() - 1;
    while (at >= 0 && !read.get(at).contains(line, column)) {
      at = read.get(at).outer;
    }
    return at;
  }

  long sizeBytes() {
    return (long) ranges.size() * BYTES_OF_RANGE;
  }

  /** The innermost function around a place; lines and columns count from 0. */
  Found at(int line, int column) {
    if (ranges.isEmpty()) {
      return new Unknown();
    }
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = ranges.get(middle);
      if (range.startLine < line || range.startLine == line && range.startColumn <= column) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    int at = high;
    while (at >= 0 && !ranges.get(at).contains(line, column)) {
      at = ranges.get(at).outer;
    }
    if (at < 0) {
      // the script's own body: it has no name in any engine
      return new Nameless();
    }
    int name = ranges.get(at).name;
    return name < 0 ? new Nameless() : new Named(names.get(name));
  }
}
