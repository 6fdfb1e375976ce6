package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One decision to alert, or not to. */
public record AlertEventId(@JsonValue String value) {

  public AlertEventId {
    value = Ids.checked("alert event id", value);
  }

  public static AlertEventId mint() {
    return new AlertEventId(Ids.mint("alert_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
