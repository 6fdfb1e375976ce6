package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One failure seen in a session; unique within the session. */
public record MarkerId(@JsonValue String value) {

  public MarkerId {
    value = Ids.checked("marker id", value);
  }

  public static MarkerId mint() {
    return new MarkerId(Ids.mint("mrk_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
