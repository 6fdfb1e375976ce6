package dev.retrospec.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** How far a report card is. */
public enum ReportStatus {
  /** Asked for. */
  PENDING,
  READY,
  /** The analysis has failed for good. */
  FAILED,
  /** Not shown: not sure enough, without evidence, or judged useless; its reason says which. */
  DISCARDED;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest for any other word
   */
  public static ReportStatus fromWireName(String name) {
    for (ReportStatus status : values()) {
      if (status.wireName().equals(name)) {
        return status;
      }
    }
    throw new InvalidRequest("status must be one of pending, ready, failed, discarded");
  }
}
