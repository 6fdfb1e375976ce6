package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.retrospec.platform.json.Json;
import dev.retrospec.tickets.TrackerAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request to a tracker. Follows no redirect, because the token must not go elsewhere, and reads
 * a bounded answer.
 */
@ApplicationScoped
public class TrackerHttp {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

  /** A page of thirty long tickets. */
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  private static final int MAX_REASON = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Duration patience;

  public TrackerHttp() {
    this(ANSWER_TIMEOUT);
  }

  /**
   * @param patience for the head of an answer, and then for its body
   */
  TrackerHttp(Duration patience) {
    this.patience = patience;
  }

  /**
   * @param path after the server's address, encoded, with its query
   * @param body written as JSON; null: none
   * @throws TrackerFailure for any status but 200 to 299, and when no answer came
   */
  JsonNode call(
      TrackerAccess access,
      String method,
      String path,
      Map<String, String> headers,
      @Nullable Object body) {
    return ask(access, method, path, headers, body).json();
  }

  /** What a tracker answered. */
  record Answer(JsonNode json, HttpHeaders headers) {}

  /** The same with the answer's head. */
  Answer ask(
      TrackerAccess access,
      String method,
      String path,
      Map<String, String> headers,
      @Nullable Object body) {
    String tracker = access.kind().label();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(access.server() + path))
            .timeout(patience)
            .header("User-Agent", "RetroSpec");
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
    }
    try {
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      JsonNode json = json(read(answer.body()));
      if (answer.statusCode() / 100 != 2) {
        throw TrackerFailure.refused(tracker, answer.statusCode(), reason(json));
      }
      return new Answer(json, answer.headers());
    } catch (IOException e) {
      throw TrackerFailure.unreachable(tracker, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrackerFailure.unreachable(tracker, e);
    }
  }

  /** The client's own timeout ends with the head: a body that drips would hold a worker. */
  private String read(InputStream body) throws IOException {
    AtomicBoolean isLate = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              isLate.set(true);
              close(body);
            },
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    try (body) {
      byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
      if (isLate.get()) {
        throw new IOException("the answer took too long");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } finally {
      end.cancel(false);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(JsonNode json) {
    String reason =
        Stream.of(
                json.path("message"), // GitHub, GitLab
                json.path("error_description"), // GitLab, of a token
                json.path("errorMessages").path(0), // Jira
                json.path("errors").path(0).path("message"), // Linear
                json.path("errors")) // Jira, of fields
            .filter(part -> !part.isMissingNode() && !part.isNull())
            .map(part -> part.isTextual() ? part.asText() : part.toString())
            .findFirst()
            .orElse("no reason");
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : Json.read(body, JsonNode.class);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }
}
