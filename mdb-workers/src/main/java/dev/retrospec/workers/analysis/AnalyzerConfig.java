package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.analysis.model.ModelConfig;
import org.jspecify.annotations.Nullable;

/**
 * Which analyzer writes the report cards.
 *
 * @param models null: rules alone
 */
public record AnalyzerConfig(@Nullable ModelConfig models) {

  /**
   * @throws InvalidSetting when this release has no such analyzer, or what it needs is not set
   */
  static AnalyzerConfig from(Settings settings) {
    return switch (settings.text("ANALYZER_PROVIDER", "heuristic")) {
      case "heuristic" -> new AnalyzerConfig(null);
      case "dual_http" -> new AnalyzerConfig(ModelConfig.from(settings));
      default -> throw new InvalidSetting("ANALYZER_PROVIDER", "must be heuristic or dual_http");
    };
  }
}
