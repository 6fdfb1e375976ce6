package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a content, as 64 small hexadecimal digits. */
public record ContentHash(@JsonValue String hex) {

  private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws InvalidId when it is no such hash
   */
  public ContentHash {
    if (!GRAMMAR.matcher(hex).matches()) {
      throw new InvalidId("sha256", "64 digits of 0-9a-f");
    }
  }

  public static ContentHash of(byte[] content) {
    try {
      return ofBytes(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static ContentHash ofBytes(byte[] bytes) {
    return new ContentHash(HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
