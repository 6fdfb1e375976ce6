package dev.retrospec.workers.messages.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.text.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GitHub's REST interface, or that of a server of its Enterprise edition. */
@ApplicationScoped
public class GitHubApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

  /** A repository that was renamed answers with one. */
  private static final int MAX_REDIRECTS = 3;

  private static final int MAX_MESSAGE = 200;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"next\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          // by hand, because the token must not go to another host
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param next the address of the next page; null on the last one
   */
  record Answer(JsonNode body, @Nullable URI next) {}

  /**
   * @param body written as JSON; null: none
   * @throws GitHubFailure for any status but 200 to 299, and when no answer came
   */
  Answer call(String method, URI url, String token, @Nullable Object body) {
    try {
      HttpResponse<String> answer = send(method, url, token, body, 0);
      if (answer.statusCode() / 100 != 2) {
        throw GitHubFailure.refused(answer.statusCode(), message(answer.body()));
      }
      return new Answer(
          json(answer.body()),
          answer
              .headers()
              .firstValue("Link")
              .map(GitHubApi::next)
              .filter(next -> isSameServer(url, next))
              .orElse(null));
    } catch (IOException e) {
      throw GitHubFailure.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitHubFailure.unreachable(e);
    }
  }

  private HttpResponse<String> send(
      String method, URI url, String token, @Nullable Object body, int redirects)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "RetroSpec")
            .header("Authorization", "Bearer " + token);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    int status = answer.statusCode();
    if ((status == 301 || status == 307 || status == 308) && redirects < MAX_REDIRECTS) {
      URI next = answer.headers().firstValue("Location").map(url::resolve).orElse(url);
      if (isSameServer(url, next)) {
        return send(method, next, token, body, redirects + 1);
      }
    }
    return answer;
  }

  private static boolean isSameServer(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getAuthority().equals(other.getAuthority());
  }

  private static @Nullable URI next(String links) {
    Matcher next = NEXT.matcher(links);
    return next.find() ? URI.create(next.group(1)) : null;
  }

  private static String message(String body) {
    return Words.cut(json(body).path("message").asText("no reason"), MAX_MESSAGE);
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : Json.read(body, JsonNode.class);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }
}
