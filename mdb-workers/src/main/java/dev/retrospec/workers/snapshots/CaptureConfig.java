package dev.retrospec.workers.snapshots;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How patient a capture is.
 *
 * @param loading for one try to load the page
 */
public record CaptureConfig(Duration loading) {

  /** What a job's lease leaves for a browser. */
  static final Duration WHOLE = Duration.ofSeconds(90);

  public static CaptureConfig from(Settings settings) {
    return new CaptureConfig(
        Duration.ofMillis(settings.integer("SNAPSHOT_TIMEOUT_MS", 30_000, 1_000, 60_000)));
  }
}
