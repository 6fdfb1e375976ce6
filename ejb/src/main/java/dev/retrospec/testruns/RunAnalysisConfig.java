package dev.retrospec.testruns;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.openai.OpenAiServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who writes the analysis of a red run. Without a model it is written by rules, at once and without
 * a network.
 *
 * @param model null: no model is asked
 */
public record RunAnalysisConfig(@Nullable Model model) {

  /** Rules only. */
  public static final RunAnalysisConfig HEURISTIC = new RunAnalysisConfig(null);

  /**
   * A model that is asked by OpenAI's chat completions.
   *
   * @param timeout of one request
   */
  public record Model(OpenAiServer server, String name, Duration timeout) {}

  static RunAnalysisConfig from(Settings settings) {
    String groqKey = settings.text("GROQ_API_KEY", "");
    String provider =
        settings.text("RUN_ANALYSIS_PROVIDER", groqKey.isEmpty() ? "heuristic" : "groq");
    Duration timeout = settings.duration("RUN_ANALYSIS_TIMEOUT_MS", Duration.ofMillis(1), 30_000);
    return switch (provider) {
      case "heuristic" -> HEURISTIC;
      case "groq" ->
          new RunAnalysisConfig(
              new Model(
                  OpenAiServer.from(
                      settings,
                      "GROQ_BASE_URL",
                      "https://api.groq.com/openai",
                      needed("GROQ_API_KEY", groqKey)),
                  settings.text("RUN_ANALYSIS_MODEL", "llama-3.3-70b-versatile"),
                  timeout));
      case "openai" ->
          new RunAnalysisConfig(
              new Model(
                  OpenAiServer.from(
                      settings,
                      "OPENAI_BASE_URL",
                      OpenAiServer.OPENAI,
                      needed("OPENAI_API_KEY", settings.text("OPENAI_API_KEY", ""))),
                  needed("RUN_ANALYSIS_MODEL", settings.text("RUN_ANALYSIS_MODEL", "")),
                  timeout));
      default ->
          throw new InvalidSetting(
              "RUN_ANALYSIS_PROVIDER", "must be one of heuristic, groq, openai");
    };
  }

  private static String needed(String name, String value) {
    if (value.isEmpty()) {
      throw new InvalidSetting(name, "must be set for this RUN_ANALYSIS_PROVIDER");
    }
    return value;
  }
}
