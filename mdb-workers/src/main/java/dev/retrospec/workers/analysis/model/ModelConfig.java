package dev.retrospec.workers.analysis.model;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which models help with the report cards.
 *
 * @param text null: the text path is skipped
 * @param visual null: the visual path is skipped
 * @param timeout of one request, to the last byte of the answer
 * @param fallbackToHeuristic whether the rules' words stand when a model has none; else the attempt
 *     fails and is made again
 */
public record ModelConfig(
    @Nullable ModelEndpoint text,
    @Nullable ModelEndpoint visual,
    Duration timeout,
    boolean fallbackToHeuristic) {

  private static final int DEFAULT_TIMEOUT_MS = 20_000;

  /** Two paths with two tries each stay below the two minutes that a job is leased for. */
  private static final int MAX_TIMEOUT_MS = 28_000;

  /**
   * @throws InvalidSetting when neither endpoint is set, or one is no address
   */
  public static ModelConfig from(Settings settings) {
    String key = settings.text("ANALYZER_MODEL_API_KEY", "");
    ModelEndpoint text =
        ModelEndpoint.from(
                settings, "ANALYZER_TEXT_MODEL_ENDPOINT", "ANALYZER_TEXT_MODEL_NAME", key)
            .orElse(null);
    ModelEndpoint visual =
        ModelEndpoint.from(
                settings, "ANALYZER_VISUAL_MODEL_ENDPOINT", "ANALYZER_VISUAL_MODEL_NAME", key)
            .orElse(null);
    if (text == null && visual == null) {
      throw new InvalidSetting(
          "ANALYZER_TEXT_MODEL_ENDPOINT", "must be set for ANALYZER_PROVIDER=dual_http");
    }
    return new ModelConfig(
        text,
        visual,
        Duration.ofMillis(
            settings.integer("ANALYZER_MODEL_TIMEOUT_MS", DEFAULT_TIMEOUT_MS, 100, MAX_TIMEOUT_MS)),
        settings.flag("ANALYZER_FALLBACK_TO_HEURISTIC", true));
  }
}
