package dev.retrospec.reports;

import dev.retrospec.platform.config.Settings;

/**
 * Which report cards are shown.
 *
 * @param minConfidence 0 to 1; a verdict below it is discarded
 */
public record ReportConfig(double minConfidence) {

  /** Nine wrong of ten help nobody; what only repeats the marker is above it. */
  private static final double DEFAULT_MIN_CONFIDENCE = 0.1;

  static ReportConfig from(Settings settings) {
    return new ReportConfig(
        settings.decimal("ANALYZER_MIN_CONFIDENCE", DEFAULT_MIN_CONFIDENCE, 0, 1));
  }
}
