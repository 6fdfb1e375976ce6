package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One decision to alert, or not to. */
public record AlertEventId(@JsonValue String value) {

  /** What every such id begins with. */
  public static final String PREFIX = "alert_";

  public AlertEventId {
    value = Ids.checked("alert event id", value);
  }

  public static AlertEventId mint() {
    return new AlertEventId(Ids.mint(PREFIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
