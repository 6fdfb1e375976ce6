package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One message that a rule has decided to send, to all of its channels. */
public record AlertId(@JsonValue String value) {

  /** What every such id begins with. */
  public static final String PREFIX = "told_";

  public AlertId {
    value = Ids.checked("alert id", value);
  }

  public static AlertId mint() {
    return new AlertId(Ids.mint(PREFIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
