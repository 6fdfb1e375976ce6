package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hashes under which equal failures meet without any score: of the site's own calls, of all
 * calls, of the words. All that apply are kept with the version in them, so that history can be
 * grouped again when the rules change (as LUCI Analysis keeps its algorithms' versions).
 *
 * @param exact the first of these that applies
 */
record SignatureHashes(String exact, Set<String> variants) {

  /** 128 bits: two failures out of 10^15 meet with a probability below 10^-8. */
  private static final int BYTES = 16;

  /** Cannot occur in a template, so that no two lists of parts read alike. */
  private static final String BETWEEN = "\u001f";

  static SignatureHashes of(String type, String template, List<Frame> frames) {
    Set<String> variants = new LinkedHashSet<>();
    List<Frame> own = frames.stream().filter(Frame::inApp).toList();
    if (!own.isEmpty()) {
      variants.add(hash("own", type, calls(own), wordsBeside(type, template, own)));
    }
    if (!frames.isEmpty()) {
      variants.add(hash("all", type, calls(frames), wordsBeside(type, template, frames)));
    }
    if (!template.isEmpty() || variants.isEmpty()) {
      variants.add(hash("words", type, template));
    }
    return new SignatureHashes(variants.iterator().next(), variants);
  }

  private static String calls(List<Frame> frames) {
    return frames.stream().map(Frame::token).collect(Collectors.joining("\n"));
  }

  /**
   * An assertion's calls are those of the test, which has many assertions; a function without a
   * name may be any of its file. There the words must decide.
   */
  private static String wordsBeside(String type, String template, List<Frame> frames) {
    boolean nameless = frames.stream().noneMatch(Frame::hasName);
    return nameless || Signatures.isAssertion(type) ? template : "";
  }

  private static String hash(String... parts) {
    String basis = "v" + FailureSignature.VERSION + BETWEEN + String.join(BETWEEN, parts);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(basis.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
