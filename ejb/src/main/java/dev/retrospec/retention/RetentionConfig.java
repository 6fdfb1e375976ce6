package dev.retrospec.retention;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How long sessions are kept, and how often that is looked after.
 *
 * @param retentionDays counted from the moment when the server received the session's first data
 * @param interval between two cleanups; zero switches the timer off
 */
public record RetentionConfig(int retentionDays, Duration interval) {

  public static final RetentionConfig DEFAULT = new RetentionConfig(7, Duration.ofMinutes(60));

  private static final int MAX_DAYS = 3_650;

  public static RetentionConfig from(Settings settings) {
    return new RetentionConfig(
        settings.integer("SESSION_RETENTION_DAYS", DEFAULT.retentionDays, 1, MAX_DAYS),
        settings.duration(
            "AUTO_CLEANUP_INTERVAL_MINUTES", Duration.ofMinutes(1), DEFAULT.interval.toMinutes()));
  }

  public Duration retention() {
    return Duration.ofDays(retentionDays);
  }
}
