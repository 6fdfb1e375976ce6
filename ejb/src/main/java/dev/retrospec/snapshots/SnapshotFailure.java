package dev.retrospec.snapshots;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why there is no snapshot. */
public enum SnapshotFailure {
  /** The page, or something it went on to, stands where no browser of ours may go. */
  ADDRESS_REFUSED,
  /** The page did not load, or the browser could not show it, in time and in several tries. */
  CAPTURE_FAILED,
  /** This installation has no browser. */
  NO_BROWSER;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SnapshotFailure fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
