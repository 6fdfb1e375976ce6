package dev.retrospec.replays;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** Whether an artifact can be fetched. */
public enum ArtifactStatus {
  READY,
  /** It should be there and is not. */
  FAILED,
  /** There was nothing to make it from, or nobody wanted it. */
  SKIPPED;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest for any other word
   */
  public static ArtifactStatus fromWireName(String name) {
    for (ArtifactStatus status : values()) {
      if (status.wireName().equals(name)) {
        return status;
      }
    }
    throw new InvalidRequest("status must be one of ready, failed, skipped");
  }
}
