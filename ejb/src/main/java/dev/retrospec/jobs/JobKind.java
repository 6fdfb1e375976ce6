package dev.retrospec.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** What kind of work a job is; each kind has a queue of its own, so that none waits for another. */
public enum JobKind {
  /** Marker windows and artifacts of a session. */
  REPLAY,
  /** The report card of a session. */
  ANALYSIS,
  /** A message to the outside. */
  NOTIFICATION;

  /** The name in JSON, SQL, URLs and of the queue. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when no queue has this name
   */
  public static JobKind fromWireName(String name) {
    for (JobKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new InvalidRequest("queue must be one of replay, analysis, notification");
  }
}
