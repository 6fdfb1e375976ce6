package dev.retrospec.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a message has come. */
public enum NotificationStatus {
  /** It waits for its turn, or for its next attempt. */
  PENDING,
  /** The other side has taken it. */
  SENT,
  /** All attempts have failed; an operator may redrive its job. */
  FAILED,
  /** There was nothing to send any more: the channel was switched off, or a newer run was told. */
  SKIPPED;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NotificationStatus fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
