package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** How much of a session is kept. */
public enum RecordingPolicy {
  /** All of it, to two hours. */
  CONTINUOUS,
  /** The last ten minutes. */
  RING,
  /** The last minute, sent when something fails. */
  BUFFER;

  /**
   * @throws InvalidRequest for any other word
   */
  public static RecordingPolicy fromWireName(String name) {
    for (RecordingPolicy policy : values()) {
      if (policy.wireName().equals(name)) {
        return policy;
      }
    }
    throw new InvalidRequest("policy must be one of continuous, ring, buffer");
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
