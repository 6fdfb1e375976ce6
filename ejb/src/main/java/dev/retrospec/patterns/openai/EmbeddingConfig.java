package dev.retrospec.patterns.openai;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.openai.OpenAiServer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model is asked for vectors. Without one nothing leaves and no job is asked for.
 *
 * @param model null: none
 */
public record EmbeddingConfig(@Nullable Model model) {

  /** No model. */
  public static final EmbeddingConfig OFF = new EmbeddingConfig(null);

  /** A person waits for what a question costs. */
  static final int MAX_QUESTION_MS = 2_000;

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /**
   * A model that is asked by OpenAI's embeddings.
   *
   * @param dimensions asked for and insisted on; null: as many as the model gives by itself
   * @param batch texts in one request
   * @param maxCharacters of a text; what is longer is cut
   * @param timeout of a request with a batch
   * @param questionTimeout of a request with the words that somebody searches for
   */
  public record Model(
      OpenAiServer server,
      String name,
      @Nullable Integer dimensions,
      int batch,
      int maxCharacters,
      Duration timeout,
      Duration questionTimeout) {}

  public static EmbeddingConfig from(Settings settings) {
    Optional<String> name = settings.text("EMBEDDING_MODEL");
    if (name.isEmpty()) {
      return OFF;
    }
    return new EmbeddingConfig(
        new Model(
            server(settings),
            name.get(),
            settings.text("EMBEDDING_DIMENSIONS").isEmpty()
                ? null
                : (Integer) settings.integer("EMBEDDING_DIMENSIONS", 0, 16, 8_192),
            settings.integer("EMBEDDING_BATCH", 32, 1, 256),
            settings.integer("EMBEDDING_MAX_CHARACTERS", 2_000, 100, 20_000),
            settings.duration("EMBEDDING_TIMEOUT_MS", MILLISECOND, 60_000),
            MILLISECOND.multipliedBy(
                settings.integer("EMBEDDING_QUESTION_TIMEOUT_MS", 1_000, 50, MAX_QUESTION_MS))));
  }

  /** A server of its own never gets the key of OpenAI's. */
  private static OpenAiServer server(Settings settings) {
    if (settings.text("EMBEDDING_BASE_URL").isPresent()) {
      return OpenAiServer.from(
          settings, "EMBEDDING_BASE_URL", "", settings.text("EMBEDDING_API_KEY", ""));
    }
    OpenAiServer server =
        OpenAiServer.from(
            settings, "OPENAI_BASE_URL", OpenAiServer.OPENAI, settings.text("OPENAI_API_KEY", ""));
    if (server.apiKey().isEmpty() && server.baseUrl().equals(OpenAiServer.OPENAI)) {
      throw new InvalidSetting("OPENAI_API_KEY", "must be set for this EMBEDDING_MODEL");
    }
    return server;
  }
}
