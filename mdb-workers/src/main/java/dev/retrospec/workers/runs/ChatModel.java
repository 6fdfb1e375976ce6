package dev.retrospec.workers.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.platform.json.Json;
import dev.retrospec.testruns.RunAnalysisConfig.Model;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Speaks OpenAI's chat completions, which Groq and most others speak too. Follows no redirect. */
final class ChatModel {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A thousand words; what is longer is no answer to this question. */
  private static final int MAX_ANSWER_BYTES = 256 * 1024;

  private static final int MAX_TOKENS = 700;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Asks once.
   *
   * @return the model's text
   * @throws ModelUnavailable when there is none
   */
  String ask(Model model, String instructions, String question) {
    String body =
        Json.write(
            Map.of(
                "model", model.name(),
                "temperature", 0,
                "max_tokens", MAX_TOKENS,
                "response_format", Map.of("type", "json_object"),
                "messages",
                    List.of(
                        Map.of("role", "system", "content", instructions),
                        Map.of("role", "user", "content", question))));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.baseUrl() + "/v1/chat/completions"))
            .timeout(model.timeout())
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + model.apiKey())
            .header("User-Agent", "RetroSpec")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream stream = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new ModelUnavailable("The model answered " + answer.statusCode(), null);
        }
        return content(stream.readNBytes(MAX_ANSWER_BYTES));
      }
    } catch (IOException e) {
      throw new ModelUnavailable("The model cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelUnavailable("The model was not waited for", e);
    }
  }

  private static String content(byte[] answer) {
    try {
      JsonNode content =
          Json.read(new String(answer, StandardCharsets.UTF_8), JsonNode.class)
              .path("choices")
              .path(0)
              .path("message")
              .path("content");
      if (content.isTextual()) {
        return content.asText();
      }
    } catch (IllegalArgumentException notJson) {
      // the same as an answer without content
    }
    throw new ModelUnavailable("The model's answer has no text", null);
  }
}
