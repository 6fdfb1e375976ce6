package dev.retrospec.patterns.openai;

import dev.retrospec.privacy.SecretText;
import dev.retrospec.signatures.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text without personal data and secrets, cut: the only thing that a model is shown. */
public final class RedactedText {

  private static final SecretText SECRETS = new SecretText();
  private static final int HASH_BYTES = 16;

  private final String text;

  private RedactedText(String text) {
    this.text = text;
  }

  /** What is kept is redacted already; what somebody types is not, and twice changes nothing. */
  public static RedactedText of(String text, int maxCharacters) {
    // Before the cut, because half an address is not recognised any more.
    return new RedactedText(
        PlainText.cut(SECRETS.redact(PlainText.of(text)).strip(), maxCharacters));
  }

  public int length() {
    return text.length();
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Equal texts have equal ones. */
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
