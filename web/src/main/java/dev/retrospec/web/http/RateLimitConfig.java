package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How many requests a caller may make.
 *
 * @param requestsPerSecond 0 switches the limit off
 * @param burst how many at once, after a pause
 */
record RateLimitConfig(int requestsPerSecond, int burst) {

  /**
   * One key is one customer's whole site: a limit that honest traffic meets loses recordings. The
   * default only stops a client in a loop.
   */
  private static final int DEFAULT_PER_SECOND = 2_000;

  static RateLimitConfig from(Settings settings) {
    int perSecond =
        settings.integer("RATE_LIMIT_REQUESTS_PER_SEC", DEFAULT_PER_SECOND, 0, 1_000_000);
    return new RateLimitConfig(
        perSecond, settings.integer("RATE_LIMIT_BURST", Math.max(1, 2 * perSecond), 1, 10_000_000));
  }

  boolean isOn() {
    return requestsPerSecond > 0;
  }

  /** The time in which the whole burst comes back. */
  Duration window() {
    return Duration.ofSeconds(Math.max(1, burst / Math.max(1, requestsPerSecond)));
  }
}
