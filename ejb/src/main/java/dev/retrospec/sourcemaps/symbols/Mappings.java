package dev.retrospec.sourcemaps.symbols;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@code mappings} of one map, searchable. They stay the text that they are; every {@value
 * #STRIDE}th segment is a checkpoint from which the text can be read on. A map of 10 MB takes
 * little more room than its text, where five numbers for each segment would take five times as
 * much. A look-up is a binary search and at most {@value #STRIDE} segments. Immutable.
 */
final class Mappings {

  static final int STRIDE = 64;

  /** Numbers of a checkpoint: where the text goes on, and the segment's values. */
  private static final int FIELDS = 7;

  private static final int BYTES_OF_NUMBER = 4;

  /** No source, or no name. */
  static final int NONE = -1;

  private final byte[] text;
  private final int[] checkpoints;
  private final int count;

  /**
   * @param sources how many the map has
   * @param names how many the map has
   * @throws InvalidSourceMap when the text is broken or points beyond sources and names
   */
  Mappings(String mappings, int sources, int names) {
    this.text = Vlq.bytes(mappings);
    int[] found = new int[FIELDS * 16];
    int used = 0;
    int segments = 0;
    int line = 0;
    int column = -1;
    Cursor cursor = new Cursor(text);
    while (cursor.next()) {
      if (cursor.source >= sources || cursor.name >= names) {
        throw new InvalidSourceMap("has mappings to a source or name that it does not list");
      }
      if (cursor.line == line && cursor.column < column) {
        throw new InvalidSourceMap("has mappings that are not in the order of their columns");
      }
      line = cursor.line;
      column = cursor.column;
      if (segments % STRIDE == 0) {
        if (used + FIELDS > found.length) {
          found = Arrays.copyOf(found, found.length * 2);
        }
        cursor.writeTo(found, used);
        used += FIELDS;
      }
      segments++;
    }
    this.checkpoints = Arrays.copyOf(found, used);
    this.count = segments;
  }

  /** Segments. */
  int count() {
    return count;
  }

  long sizeBytes() {
    return text.length + (long) checkpoints.length * BYTES_OF_NUMBER;
  }

  /**
   * The last segment at or before the place, on its line; null when there is none, or when it says
   * that nothing original is there.
   *
   * @param line 0 and up
   * @param column 0 and up
   */
  @Nullable Segment at(int line, int column) {
    int checkpoint = lastCheckpointUpTo(line, column);
    if (checkpoint < 0) {
      return null;
    }
    Cursor cursor = new Cursor(text, checkpoints, checkpoint * FIELDS);
    Segment found = null;
    do {
      if (cursor.line > line || cursor.line == line && cursor.column > column) {
        break;
      }
      if (cursor.line == line) {
        found = new Segment(cursor.source, cursor.originalLine, cursor.originalColumn, cursor.name);
      }
    } while (cursor.next());
    return found == null || found.source == NONE ? null : found;
  }

  /** What stands at a place; lines and columns count from 0. */
  record Segment(int source, int line, int column, int name) {}

  private int lastCheckpointUpTo(int line, int column) {
    int low = 0;
    int high = checkpoints.length / FIELDS - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = middle * FIELDS;
      boolean before =
          checkpoints[at + 1] < line
              || checkpoints[at + 1] == line && checkpoints[at + 2] <= column;
      if (before) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** Walks over the segments; holds the values of the one it has read last. */
  private static final class Cursor {

    private final Vlq numbers;
    private int line;
    private int column;
    private int source = NONE;
    private int originalLine;
    private int originalColumn;
    private int name = NONE;
    private int lastSource;
    private int lastName;

    Cursor(byte[] text) {
      this.numbers = new Vlq(text, 0);
    }

    Cursor(byte[] text, int[] from, int at) {
      this.numbers = new Vlq(text, from[at]);
      this.line = from[at + 1];
      this.column = from[at + 2];
      this.lastSource = from[at + 3] >> 1;
      this.source = (from[at + 3] & 1) == 0 ? lastSource : NONE;
      this.originalLine = from[at + 4];
      this.originalColumn = from[at + 5];
      this.lastName = from[at + 6] >> 1;
      this.name = (from[at + 6] & 1) == 0 ? lastName : NONE;
    }

    /** The last source and name count on, even where the segment itself has none. */
    void writeTo(int[] target, int at) {
      target[at] = numbers.position();
      target[at + 1] = line;
      target[at + 2] = column;
      target[at + 3] = lastSource << 1 | (source == NONE ? 1 : 0);
      target[at + 4] = originalLine;
      target[at + 5] = originalColumn;
      target[at + 6] = lastName << 1 | (name == NONE ? 1 : 0);
    }

    boolean next() {
      while (numbers.separator() != 0) {
        if (numbers.separator() == ';') {
          line++;
          column = 0;
        }
        numbers.skip();
      }
      if (numbers.atEnd()) {
        return false;
      }
      column += numbers.next();
      source = NONE;
      name = NONE;
      if (numbers.hasNumber()) {
        lastSource += numbers.next();
        originalLine += numbers.next();
        originalColumn += numbers.next();
        source = lastSource;
        if (numbers.hasNumber()) {
          lastName += numbers.next();
          name = lastName;
          if (lastName < 0) {
            throw new InvalidSourceMap("has mappings to a name before the first");
          }
        }
        if (lastSource < 0 || originalLine < 0 || originalColumn < 0) {
          throw new InvalidSourceMap("has mappings to a place before the first");
        }
      }
      if (column < 0 || numbers.hasNumber()) {
        throw new InvalidSourceMap("has a mapping of no known form");
      }
      return true;
    }
  }
}
