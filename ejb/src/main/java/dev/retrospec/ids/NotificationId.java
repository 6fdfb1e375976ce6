package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One message on one channel. */
public record NotificationId(@JsonValue String value) {

  public NotificationId {
    value = Ids.checked("notification id", value);
  }

  public static NotificationId mint() {
    return new NotificationId(Ids.mint("ntf_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
