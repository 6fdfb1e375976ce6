package dev.retrospec.testruns;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How runs are kept and told.
 *
 * @param retention how long a run is kept
 */
public record RunsConfig(Duration retention) {

  public static final RunsConfig DEFAULT = new RunsConfig(Duration.ofDays(30));

  static RunsConfig from(Settings settings) {
    return new RunsConfig(
        Duration.ofDays(
            settings.integer(
                "ARTIFACT_RETENTION_DAYS", (int) DEFAULT.retention.toDays(), 1, 3_650)));
  }
}
