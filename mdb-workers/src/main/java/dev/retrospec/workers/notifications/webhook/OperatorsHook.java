package dev.retrospec.workers.notifications.webhook;

import dev.retrospec.alerts.AlertMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Posts to the operator's webhook as rules of projects post to theirs: to the address that was
 * looked up, signed, without following redirects. Unlike theirs it may be inside of the house.
 */
@ApplicationScoped
public class OperatorsHook {

  private final PinnedPost post;
  private final Clock clock;

  @Inject
  public OperatorsHook(PinnedPost post, Clock clock) {
    this.post = post;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected OperatorsHook() {
    this(null, null);
  }

  /**
   * Returns when the other server has taken it.
   *
   * @return the status, 200 to 299
   * @throws NotDelivered when it did not, or nobody can tell; whoever gets it twice can
   */
  public int post(AlertMessage alert) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", alert.id().value());
    if (!alert.signingKeys().isEmpty()) {
      headers.put(
          Signatures.HEADER, Signatures.header(clock.instant(), alert.signingKeys(), alert.body()));
    }
    alert.authorization().ifPresent(value -> headers.put("Authorization", value));
    Answer answer = post.post(alert.url(), headers, alert.body(), AddressPolicy.ANYWHERE);
    if (!answer.isSuccess()) {
      throw NotDelivered.refused(answer, clock.instant());
    }
    return answer.status();
  }
}
