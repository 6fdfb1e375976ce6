package dev.retrospec.notifications;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses that may stand behind a link or be posted to. */
final class WebAddress {

  /** Slack refuses a button with a longer one. */
  private static final int MAX_LENGTH = 3_000;

  private WebAddress() {}

  static boolean isHttp(URI uri) {
    return uri.getHost() != null
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
  }

  /** The text when it is an absolute http or https address, so that no link runs a script. */
  static Optional<String> link(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text.strip());
      return isHttp(uri) ? Optional.of(uri.toString()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
