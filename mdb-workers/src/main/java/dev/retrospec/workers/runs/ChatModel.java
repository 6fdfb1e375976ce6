package dev.retrospec.workers.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.platform.openai.OpenAiClient;
import dev.retrospec.testruns.RunAnalysisConfig.Model;
import java.util.List;
import java.util.Map;

/** Speaks OpenAI's chat completions, which Groq and most others speak too. */
final class ChatModel {

  /** A thousand words; what is longer is no answer to this question. */
  private static final int MAX_ANSWER_BYTES = 256 * 1024;

  private static final int MAX_TOKENS = 700;

  private final OpenAiClient client = new OpenAiClient();

  /**
   * Asks once.
   *
   * @return the model's text
   * @throws ModelUnavailable when there is none
   */
  String ask(Model model, String instructions, String question) {
    Map<String, Object> body =
        Map.of(
            "model", model.name(),
            "temperature", 0,
            "max_tokens", MAX_TOKENS,
            "response_format", Map.of("type", "json_object"),
            "messages",
                List.of(
                    Map.of("role", "system", "content", instructions),
                    Map.of("role", "user", "content", question)));
    JsonNode content =
        client
            .post(model.server(), "/v1/chat/completions", body, model.timeout(), MAX_ANSWER_BYTES)
            .path("choices")
            .path(0)
            .path("message")
            .path("content");
    if (!content.isTextual()) {
      throw new ModelUnavailable("The model's answer has no text");
    }
    return content.asText();
  }
}
