package dev.retrospec.workers.notifications.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a receiver who sent a body and when: HMAC-SHA-256 (RFC 2104) of the moment, a dot and
 * the body. The moment is signed too, so that an old request cannot be sent again as a new one.
 */
public final class Signatures {

  /** The header that carries them. */
  public static final String HEADER = "X-Retrospec-Signature";

  private Signatures() {}

  /**
   * Such as {@code t=1767225600,v1=5257a8…}; a {@code v1} for each key, so that one can be replaced
   * without a moment in which the receiver knows none that signs.
   */
  public static String header(Instant at, List<String> keys, String body) {
    StringBuilder header = new StringBuilder("t=").append(at.getEpochSecond());
    for (String key : keys) {
      header.append(",v1=").append(sign(key, at.getEpochSecond() + "." + body));
    }
    return header.toString();
  }

  private static String sign(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
