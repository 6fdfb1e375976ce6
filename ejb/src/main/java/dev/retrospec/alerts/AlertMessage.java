package dev.retrospec.alerts;

import dev.retrospec.ids.AlertEventId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An alert ready to be posted as {@code application/json} to the operator's webhook.
 *
 * @param id the same for every attempt
 * @param authorization the value of the {@code Authorization} header; a secret
 * @param signingKeys each makes a signature, the newest first; empty: it is not signed
 */
public record AlertMessage(
    AlertEventId id,
    URI url,
    Optional<String> authorization,
    List<String> signingKeys,
    String body) {

  public AlertMessage {
    signingKeys = List.copyOf(signingKeys);
  }

  /** Without header, keys and body. */
  @Override
  public String toString() {
    return "AlertMessage[url=" + url.getHost() + "]";
  }
}
