package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.signatures.text.EngineWording;
import dev.retrospec.signatures.text.RouteShape;
import dev.retrospec.signatures.text.TextMask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Derives the key under which a marker gathers with its like, from kind, normalised route, hint,
 * label, HTTP status and, where there is one, the stack.
 *
 * <p>The version stands in the key: a better rule becomes {@code v2} and touches new markers only,
 * so that what people decided about a {@code v1} issue stays true (as Sentry and LUCI Analysis do
 * it). Time is linear in the marker's text, whatever the text.
 */
public final class Fingerprint {

  /**
   * Of the rules in this package; a change that moves any marker to another key needs a new one.
   */
  static final String VERSION = "v1";

  /** 128 bits: two failures out of 10^15 meet with a probability below 10^-8. */
  private static final int KEY_BYTES = 16;

  /** Cannot occur in masked text, so that no two lists of parts read alike. */
  private static final String BETWEEN = "\u001f";

  private Fingerprint() {}

  /** Its key is {@code v1-} and 32 hexadecimal digits. The same marker content, the same key. */
  public static Grouping of(ObservedMarker marker) {
    String basis = basis(marker);
    return new Grouping(
        new ClusterKey(VERSION + "-" + hash(basis)),
        GroupingRule.PLACE,
        List.of(new Grouping.Part("basis", basis)),
        "",
        "",
        List.of());
  }

  /** What is hashed, readable: the answer to "why are these two not one?". */
  static String basis(ObservedMarker marker) {
    boolean statusCounts = marker.kind() == MarkerKind.API_ERROR;
    return String.join(
        BETWEEN,
        marker.kind().wireName(),
        RouteShape.of(marker.route()),
        mask(marker.hint(), statusCounts),
        mask(EngineWording.neutral(marker.label()), statusCounts),
        status(marker.request()),
        stack(marker.error()));
  }

  private static String mask(@Nullable String text, boolean statusCounts) {
    return text == null ? "" : TextMask.mask(text, statusCounts);
  }

  private static String status(@Nullable RequestDetail request) {
    return request == null || request.status() == null ? "" : request.status().toString();
  }

  private static String stack(@Nullable ErrorDetail error) {
    return error == null || error.stack() == null
        ? ""
        : String.join(BETWEEN, StackShape.of(error.stack()));
  }

  private static String hash(String basis) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(basis.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
