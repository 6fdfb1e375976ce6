package dev.retrospec.alerts.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * So many within so long.
 *
 * @param count 1 to {@value #MAX_COUNT}
 * @param windowMinutes 1 to {@value #MAX_WINDOW_MINUTES}
 */
public record Threshold(Measure measure, int count, int windowMinutes) {

  /** Counting stops there, so that a look at a popular issue costs no more. */
  public static final int MAX_COUNT = 10_000;

  /** A day; what takes longer is a trend and no alarm. */
  public static final int MAX_WINDOW_MINUTES = 1_440;

  /** What is counted. */
  public enum Measure {
    SESSIONS,
    /** Distinct visitors. */
    USERS,
    MARKERS;

    /** The name in JSON. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws InvalidRequest when nothing of this name is counted
     */
    @JsonCreator
    public static Measure fromWireName(String name) {
      for (Measure measure : values()) {
        if (measure.wireName().equals(name)) {
          return measure;
        }
      }
      throw new InvalidRequest("threshold.measure must be one of sessions, users, markers");
    }
  }

  /**
   * @throws InvalidRequest when a number is out of range
   */
  public Threshold {
    if (measure == null) {
      throw new InvalidRequest("threshold.measure must be one of sessions, users, markers");
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new InvalidRequest("threshold.count must be 1 to " + MAX_COUNT);
    }
    if (windowMinutes < 1 || windowMinutes > MAX_WINDOW_MINUTES) {
      throw new InvalidRequest("threshold.windowMinutes must be 1 to " + MAX_WINDOW_MINUTES);
    }
  }

  public Duration window() {
    return Duration.ofMinutes(windowMinutes);
  }

  /** The same for two nodes that look at the same time: crossed in one window is crossed once. */
  public long windowNumber(Instant now) {
    return now.getEpochSecond() / window().toSeconds();
  }

  /** As the alert says it. */
  public String words(int counted) {
    String noun = measure.wireName();
    String many = counted >= MAX_COUNT ? MAX_COUNT + " or more" : String.valueOf(counted);
    return "%s %s within %d min"
        .formatted(many, counted == 1 ? noun.substring(0, noun.length() - 1) : noun, windowMinutes);
  }
}
