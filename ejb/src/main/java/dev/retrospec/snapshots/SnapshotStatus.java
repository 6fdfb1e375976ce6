package dev.retrospec.snapshots;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a snapshot has come. */
public enum SnapshotStatus {
  PENDING,
  READY,
  FAILED;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SnapshotStatus fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
