package dev.retrospec.sessions;

import java.util.Map;

/**
 * What one piece of recording adds to a session's sums. Negative where a piece replaces a larger
 * one.
 *
 * @param dropped events that never came, by the recorder's reason; under {@link #UNLISTED} those
 *     that came and are in the replay, but not in the list beside it
 * @param throttled batches that the recorder thinned out
 * @param masked fields whose content was replaced in the browser
 */
public record SessionGrowth(
    int chunks,
    long events,
    long storedBytes,
    Map<String, Long> dropped,
    long throttled,
    long masked) {

  /** Among the reasons: more than the list of one chunk holds. */
  public static final String UNLISTED = "timeline";

  /** {@link #dropped} of a piece in which nothing else is missing. */
  public static Map<String, Long> unlisted(long events) {
    return events == 0 ? Map.of() : Map.of(UNLISTED, events);
  }

  /** A report about a session that brings no recording. */
  public static final SessionGrowth NONE = new SessionGrowth(0, 0, 0, Map.of(), 0, 0);

  public SessionGrowth {
    dropped = Map.copyOf(dropped);
  }
}
