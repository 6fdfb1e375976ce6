package dev.retrospec.workers.notifications.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Posts JSON. Follows no redirect, since a moved address would get the authorization header, and
 * reads nothing of the answer but its status.
 */
@ApplicationScoped
public class Webhook {

  /** A chat server that takes longer is down; the job comes back. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final Duration answerTimeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public Webhook() {
    this(ANSWER_TIMEOUT);
  }

  Webhook(Duration answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  /**
   * Returns when the other server has taken it.
   *
   * @param authorization the header's value
   * @return the status, 200 to 299
   * @throws WebhookRefused for any other status
   * @throws WebhookUnreachable when no answer came
   */
  public int post(URI url, Optional<String> authorization, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(answerTimeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "RetroSpec")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      if (answer.statusCode() / 100 != 2) {
        throw new WebhookRefused(answer.statusCode());
      }
      return answer.statusCode();
    } catch (IOException e) {
      throw new WebhookUnreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebhookUnreachable(e);
    }
  }
}
