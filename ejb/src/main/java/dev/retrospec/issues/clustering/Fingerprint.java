package dev.retrospec.issues.clustering;

import static java.util.stream.Collectors.joining;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.clustering.Grouping.Part;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.stacks.BrowserStack;
import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.MessageTemplate;
import dev.retrospec.signatures.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Derives the key under which a marker gathers with its like: a cascade of rules, of which the
 * first that applies decides (see {@link GroupingRule}; decision record 25).
 *
 * <p>The version stands in the key: better rules get the next number, and stored markers are moved
 * by a job that keeps the old keys as aliases. The same marker gives the same key on every node.
 * Time is linear in the marker's text, whatever the text.
 */
public final class Fingerprint {

  /**
   * Of the rules here and in {@code signatures}; a change that moves any marker to another key
   * needs a new one.
   */
  public static final String VERSION = "v2";

  /** Deeper frames tell how one got there, and differ between engines. */
  static final int MAX_FRAMES = 5;

  /** 128 bits: two failures out of 10^15 meet with a probability below 10^-8. */
  private static final int KEY_BYTES = 16;

  /** Cannot occur in masked text, so that no two lists of parts read alike. */
  private static final String BETWEEN = "\u001f";

  /** Words that every error can have. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(
          "(?:<[a-z]{1,10}>|\\[object \\w{1,30}]|\\{}|undefined|null|error|exception"
              + "|unknown error|an error (?:has )?occurred|[^\\p{L}])?\\.?",
          Pattern.CASE_INSENSITIVE);

  private Fingerprint() {}

  /** Its key is {@code v2-} and 32 hexadecimal digits. The same marker content, the same key. */
  public static Grouping of(ObservedMarker marker) {
    Grouping ours =
        marker.kind() == MarkerKind.JS_EXCEPTION ? thrown(marker) : place(marker, "", "");
    List<String> told = marker.fingerprint();
    if (told.isEmpty()) {
      return ours;
    }
    boolean hybrid = ClientFingerprint.hasDefault(told);
    return grouping(
        GroupingRule.CLIENT,
        ClientFingerprint.parts(told, ours.hashed()),
        ours.type(),
        ours.template(),
        hybrid ? ours.frames() : List.of());
  }

  private static Grouping thrown(ObservedMarker marker) {
    ThrownError error = ThrownError.of(marker);
    String type = error.type();
    String template = error.template();
    if (error.family().isPresent()) {
      Part family = new Part("family", error.family().get().wireName());
      return grouping(GroupingRule.FAMILY, List.of(family), type, template, List.of());
    }
    List<Frame> own = top(error.frames().stream().filter(Frame::inApp).toList());
    if (!own.isEmpty()) {
      return calls(GroupingRule.OWN_FRAMES, error, own);
    }
    List<Frame> all =
        top(error.frames().stream().filter(frame -> !BrowserStack.isNative(frame)).toList());
    if (!all.isEmpty()) {
      return calls(GroupingRule.ALL_FRAMES, error, all);
    }
    if (SAYS_NOTHING.matcher(template).matches()) {
      return place(marker, type, template);
    }
    List<Part> parts = new ArrayList<>(List.of(new Part("type", type)));
    parts.add(new Part("template", template));
    if (marker.hint() != null) {
      parts.add(new Part("hint", MessageTemplate.spoken(PlainText.of(marker.hint()), false)));
    }
    return grouping(GroupingRule.MESSAGE, parts, type, template, List.of());
  }

  private static Grouping place(ObservedMarker marker, String type, String template) {
    return grouping(GroupingRule.PLACE, PlaceParts.of(marker), type, template, List.of());
  }

  private static List<Frame> top(List<Frame> frames) {
    return frames.subList(0, Math.min(frames.size(), MAX_FRAMES));
  }

  private static Grouping calls(GroupingRule rule, ThrownError error, List<Frame> frames) {
    List<Part> parts = new ArrayList<>(List.of(new Part("type", error.type())));
    frames.forEach(frame -> parts.add(new Part("frame", frame.function() + " " + frame.file())));
    // An assertion's calls are those of many assertions; a function without a name may be any of
    // its file. There the words must decide.
    boolean nameless = frames.stream().noneMatch(Frame::hasName);
    if (nameless || Signatures.isAssertion(error.type())) {
      parts.add(new Part("template", error.template()));
    }
    return grouping(rule, parts, error.type(), error.template(), frames);
  }

  private static Grouping grouping(
      GroupingRule rule, List<Part> parts, String type, String template, List<Frame> frames) {
    return new Grouping(
        new ClusterKey(VERSION + "-" + hash(rule, parts)), rule, parts, type, template, frames);
  }

  private static String hash(GroupingRule rule, List<Part> parts) {
    String basis =
        rule.wireName()
            + BETWEEN
            + parts.stream()
                .map(part -> part.name() + "=" + part.value())
                .collect(joining(BETWEEN));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(basis.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
