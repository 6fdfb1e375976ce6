package dev.retrospec.sessions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a session has come. */
public enum SessionStatus {
  /** Chunks may still come. */
  RECORDING,
  /** Ended; work on it is under way. */
  PROCESSING,
  /** Ended and complete. */
  READY,
  /** Nothing usable was recorded. */
  FAILED;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SessionStatus fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
