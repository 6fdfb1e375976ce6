package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;

/** Which analyzer writes the report cards. */
public record AnalyzerConfig(Provider provider) {

  /** The analyzers there are. */
  public enum Provider {
    HEURISTIC
  }

  /**
   * @throws InvalidSetting when this release has no such analyzer
   */
  static AnalyzerConfig from(Settings settings) {
    String provider = settings.text("ANALYZER_PROVIDER", "heuristic");
    if (!provider.equals("heuristic")) {
      throw new InvalidSetting(
          "ANALYZER_PROVIDER", "must be heuristic: this release has no other analyzer");
    }
    return new AnalyzerConfig(Provider.HEURISTIC);
  }
}
