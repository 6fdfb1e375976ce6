package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A channel of an alert rule; unique within the rule. */
public record AlertChannelId(@JsonValue String value) {

  /** What every such id begins with. */
  public static final String PREFIX = "channel_";

  public AlertChannelId {
    value = Ids.checked("alert channel id", value);
  }

  public static AlertChannelId mint() {
    return new AlertChannelId(Ids.mint(PREFIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
