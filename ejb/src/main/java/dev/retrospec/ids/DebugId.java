package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one build of one script, in the script, in its source map and in what a browser tells of an
 * error (ECMA-426, debug ids); a UUID.
 */
public record DebugId(@JsonValue String value) {

  public DebugId {
    value = Ids.checkedUuid("debug id", value);
  }

  /** Whether a text has the form of one. */
  public static boolean isOne(String text) {
    return Ids.isUuid(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
