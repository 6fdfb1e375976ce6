package dev.retrospec.platform.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.platform.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON and reads JSON, once. Follows no redirect: a moved address would get the key. */
public final class OpenAiClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param path such as {@code /v1/embeddings}
   * @param deadline for the whole of it, the last byte of the answer included
   * @param maxBytes what is longer is no answer to the question
   * @throws ModelUnavailable for anything but a JSON answer with status 200 in time
   */
  public JsonNode post(
      OpenAiServer server, String path, Object body, Duration deadline, int maxBytes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
            .timeout(deadline)
            .header("Content-Type", "application/json")
            .header("User-Agent", "RetroSpec")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    if (!server.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + server.apiKey());
    }
    // The request's own timeout ends with the answer's head; a body may trickle for ever.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request.build(), head -> new BoundedBody(maxBytes));
    try {
      return read(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new ModelUnavailable("The model did not answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException
          && !(e.getCause() instanceof HttpConnectTimeoutException)) {
        throw new ModelUnavailable(
            "The model did not answer within " + deadline.toMillis() + " ms");
      }
      throw new ModelUnavailable("The model cannot be reached", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelUnavailable("The model was not waited for", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static JsonNode read(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new ModelUnavailable(answer.statusCode());
    }
    try {
      return Json.read(new String(answer.body(), StandardCharsets.UTF_8), JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw new ModelUnavailable("The model's answer is no JSON");
    }
  }
}
