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
import dev.retrospec.signatures.text.ProtectedCodes;
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

  /** Among so many of the topmost calls a name is looked for. */
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

  private static final Pattern MASK = Pattern.compile("<[a-z]{1,10}>");

  /** Functions that throw for their caller: it is the caller that failed. */
  private static final Pattern ASSERTS =
      Pattern.compile(
          "_?(?:tiny)?(?:invariant|assert\\w*|ensure|required?|requires|verify|must|fail|panic"
              + "|unreachable|throw(?:Error|If\\w*)?|\\w+(?:OrThrow|OrFail|OrDie|Throws))",
          Pattern.CASE_INSENSITIVE);

  /** Constructors of errors, which some engines show. */
  private static final Pattern BUILDS = Pattern.compile("\\w*(?:Error|Exception)");

  /**
   * A name that nobody has defined: one script that did not come, wherever it is used; a name that
   * is not a minifier's.
   */
  private static final Pattern MISSING = Pattern.compile("[\\w$]{3,200} is not defined");

  private static final Pattern BUS =
      Pattern.compile(
          "emit|dispatch|dispatchEvent|trigger|fire|publish|notify|invoke|each|forEach|batch");

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
      List<Part> parts = new ArrayList<>();
      parts.add(new Part("family", error.family().get().wireName()));
      error.variant().ifPresent(variant -> parts.add(new Part("variant", variant)));
      return grouping(GroupingRule.FAMILY, parts, type, template, List.of());
    }
    List<Frame> told =
        error.known() && MISSING.matcher(template).matches() ? List.of() : error.frames();
    List<Frame> own = top(own(told));
    if (!own.isEmpty()) {
      return calls(GroupingRule.OWN_FRAMES, marker, error, own);
    }
    List<Frame> all = top(told.stream().filter(frame -> !BrowserStack.isNative(frame)).toList());
    if (!all.isEmpty()) {
      return calls(GroupingRule.ALL_FRAMES, marker, error, all);
    }
    if (saysNothing(template)) {
      return place(marker, type, template);
    }
    List<Part> parts = new ArrayList<>(List.of(new Part("type", type)));
    parts.add(new Part("template", masked(template)));
    if (marker.hint() != null) {
      parts.add(new Part("hint", MessageTemplate.spoken(PlainText.of(marker.hint()), false)));
    }
    return grouping(GroupingRule.MESSAGE, parts, type, template, List.of());
  }

  /** Whether every error could say so. */
  static boolean saysNothing(String template) {
    return SAYS_NOTHING.matcher(template).matches();
  }

  private static Grouping place(ObservedMarker marker, String type, String template) {
    return grouping(GroupingRule.PLACE, PlaceParts.of(marker), type, template, List.of());
  }

  /**
   * The site's own calls up to where a library called them: who called the library is no caller.
   */
  private static List<Frame> own(List<Frame> frames) {
    return frames.stream()
        .filter(frame -> !BrowserStack.isNative(frame))
        .dropWhile(frame -> !frame.inApp())
        .takeWhile(Frame::inApp)
        .toList();
  }

  private static List<Frame> top(List<Frame> frames) {
    return frames.subList(0, Math.min(frames.size(), MAX_FRAMES));
  }

  /**
   * The topmost call that has a name decides: those above it are callbacks of it, those below tell
   * how one got there, and compilers inline and engines drop them as they like.
   */
  private static Grouping calls(
      GroupingRule rule, ObservedMarker marker, ThrownError error, List<Frame> frames) {
    List<Frame> site =
        frames.stream().dropWhile(frame -> BUILDS.matcher(frame.function()).matches()).toList();
    List<Frame> callers =
        site.stream().dropWhile(frame -> ASSERTS.matcher(frame.function()).matches()).toList();
    Frame anchor = anchor(callers.isEmpty() ? frames : callers);
    List<Part> parts = new ArrayList<>(List.of(new Part("type", error.type())));
    parts.add(new Part("frame", anchor.function() + " " + anchor.file()));
    // An assertion's calls are those of many assertions; a function without a name may be any of
    // its file; and what an engine says, it says in neutral words now.
    boolean words =
        rule == GroupingRule.ALL_FRAMES
            || !anchor.hasName()
            || callers.size() < site.size()
            || Signatures.isAssertion(error.type())
            || error.known();
    if (words) {
      parts.add(new Part("template", masked(error.template())));
    } else {
      error.codes().forEach(code -> parts.add(new Part("code", code)));
    }
    // Whoever asks throws at the same place, and two of the three engines drop who that was.
    if (ProtectedCodes.tellAnswer(error.codes()) && (anchor.hasName() || !error.mapped())) {
      parts.add(new Part("section", PlaceParts.section(marker.route())));
    }
    return grouping(rule, parts, error.type(), error.template(), List.of(anchor));
  }

  /** What a bus calls is a listener that it knows nothing of: there a bus's name is no name. */
  private static Frame anchor(List<Frame> calls) {
    return calls.stream()
        .filter(Frame::hasName)
        .findFirst()
        .filter(named -> calls.get(0).hasName() || !BUS.matcher(named.function()).matches())
        .orElse(calls.get(0));
  }

  /** With one mask for all: an id may be a number here and a word there. */
  static String masked(String template) {
    return MASK.matcher(template).replaceAll("<*>");
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
