package dev.retrospec.alerts;

import java.net.URI;
import java.util.Optional;

/**
 * An alert ready to be posted as {@code application/json}.
 *
 * @param authorization the value of the {@code Authorization} header; a secret
 */
public record AlertMessage(URI url, Optional<String> authorization, String body) {

  /** Without header and body. */
  @Override
  public String toString() {
    return "AlertMessage[url=" + url.getHost() + "]";
  }
}
