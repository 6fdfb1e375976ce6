package dev.retrospec.ingest;

import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client's text fit to be stored: bounded, without what PostgreSQL or JSON cannot hold, and
 * where people's data may stand in it, scrubbed. Blank becomes null.
 */
final class IncomingText {

  private final Scrubber scrubber;
  private final ScrubMode mode;

  IncomingText(Scrubber scrubber, ScrubMode mode) {
    this.scrubber = scrubber;
    this.mode = mode;
  }

  /** Free text: label, message, stack. */
  @Nullable String scrubbed(@Nullable String text, int maxLength) {
    String clean = plain(text, maxLength);
    return clean == null ? null : scrubber.scrubText(clean, mode);
  }

  /** An address, absolute or relative; query values go. */
  @Nullable String url(@Nullable String url, int maxLength) {
    String clean = plain(url, maxLength);
    return clean == null ? null : scrubber.scrubUrl(clean, mode);
  }

  /** A name that the customer's own code gives, such as a user id or a release. */
  static @Nullable String plain(@Nullable String text, int maxLength) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String bounded = text.length() <= maxLength ? text : text.substring(0, maxLength);
    String clean = bounded.indexOf('\0') < 0 ? bounded : bounded.replace("\0", "");
    String stripped = clean.strip();
    return stripped.isEmpty() ? null : withoutLoneSurrogates(stripped);
  }

  /** The encoder puts a question mark where half of a pair stands alone. */
  private static String withoutLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
