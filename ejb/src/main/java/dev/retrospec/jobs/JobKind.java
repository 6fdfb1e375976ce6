package dev.retrospec.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What kind of work a job is; each kind has a queue of its own, so that none waits for another. */
public enum JobKind {
  /** Marker windows and artifacts of a session. */
  REPLAY,
  /** The report card of a session. */
  ANALYSIS,
  /** An alert to the outside. */
  NOTIFICATION,
  /** A page as a browser shows it now. */
  SNAPSHOT,
  /** What a failed test run is explained by. */
  RUN_ANALYSIS,
  /** An issue of production, to be known by the memory of failures. */
  RECOGNITION,
  /** What a test run has to tell on one channel. */
  RUN_MESSAGE,
  /** Vectors that a model makes of the memory of failures. */
  EMBEDDING,
  /** A video of a session, or of the moments around a marker. */
  RENDER,
  /** Markers to be grouped by today's rules, or to follow a merge or separation. */
  REGROUP,
  /** The original code behind stacks of minified scripts. */
  SYMBOLICATION,
  /** What an issue has to tell a tracker. */
  TICKET;

  private static final String NAMES =
      Arrays.stream(values()).map(JobKind::wireName).collect(Collectors.joining(", "));

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
    throw new InvalidRequest("queue must be one of " + NAMES);
  }
}
