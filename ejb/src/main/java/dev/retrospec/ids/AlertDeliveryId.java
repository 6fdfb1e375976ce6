package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One message of a rule on one channel, or a change of it. */
public record AlertDeliveryId(@JsonValue String value) {

  /** What every such id begins with. */
  public static final String PREFIX = "delivery_";

  public AlertDeliveryId {
    value = Ids.checked("alert delivery id", value);
  }

  public static AlertDeliveryId mint() {
    return new AlertDeliveryId(Ids.mint(PREFIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
