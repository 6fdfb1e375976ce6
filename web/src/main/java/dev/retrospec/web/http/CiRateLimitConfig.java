package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How often one address may call the routes of the CI.
 *
 * @param requests within a window; 0 switches the limit off
 */
record CiRateLimitConfig(int requests, Duration window) {

  static final CiRateLimitConfig DEFAULT = new CiRateLimitConfig(100, Duration.ofMinutes(15));

  static CiRateLimitConfig from(Settings settings) {
    return new CiRateLimitConfig(
        settings.integer("RATE_LIMIT_MAX_REQUESTS", DEFAULT.requests, 0, 1_000_000),
        Duration.ofMillis(
            settings.integer(
                "RATE_LIMIT_WINDOW_MS", (int) DEFAULT.window.toMillis(), 1_000, 86_400_000)));
  }

  boolean isOn() {
    return requests > 0;
  }
}
