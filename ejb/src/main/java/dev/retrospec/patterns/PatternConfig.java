package dev.retrospec.patterns;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * When failures count as one.
 *
 * @param similarityThreshold from which a failure belongs to a pattern, 0 to 1
 * @param retention how long a pattern that was seen only once is kept after that
 */
public record PatternConfig(double similarityThreshold, Duration retention) {

  /** From here on a pattern is worth showing beside a failure. */
  public static final double LISTED = 0.6;

  public static final PatternConfig DEFAULT = new PatternConfig(0.85, Duration.ofDays(90));

  public static PatternConfig from(Settings settings) {
    return new PatternConfig(
        settings.decimal("SIMILARITY_THRESHOLD", DEFAULT.similarityThreshold, LISTED, 1),
        Duration.ofDays(
            settings.integer(
                "PATTERN_RETENTION_DAYS", (int) DEFAULT.retention.toDays(), 1, 3_650)));
  }
}
