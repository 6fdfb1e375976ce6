package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.Difference;
import dev.retrospec.signatures.text.Words;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How alike two failures are: the stacks by {@link FrameAlignment}, the messages by {@link
 * WordCosine}, the type, and what may speak against it. Symmetric. A failure is fully like itself,
 * unless it tells nothing but its type: then only equal hashes ({@link FailureSignature}) join it.
 */
public final class Scorer {

  /** Calls tell more than words, words more than the type. */
  private static final double FRAMES = 0.60;

  private static final double MESSAGE = 0.25;
  private static final double TYPE = 0.15;

  /** Without calls on both sides. */
  private static final double MESSAGE_ALONE = 0.75;

  private static final double TYPE_ALONE = 0.25;

  /** A name alone is no evidence: the JVM throws without words and calls when it throws often. */
  private static final double TYPE_ONLY = 0.5;

  /** HTTP 404 is not HTTP 500, however alike the rest. */
  private static final double CODES_DIFFER_CAP = 0.5;

  /** A test that fails with another value may fail for another reason. */
  private static final double OTHER_VALUES = 0.9;

  private static final double UNTOLD_TYPE = 0.5;
  private static final int MAX_SHARED = 8;

  private Scorer() {}

  /**
   * @param rarity of the project's terms
   * @param calibration the shipped one, or the project's own
   */
  public static Similarity score(
      FailureSignature a, FailureSignature b, Rarity rarity, Calibration calibration) {
    List<Frame> left = a.tellingFrames();
    List<Frame> right = b.tellingFrames();
    List<String> leftWords = Words.of(a.template());
    List<String> rightWords = Words.of(b.template());
    double frames = FrameAlignment.of(left, right, rarity);
    double message = WordCosine.of(leftWords, rightWords, rarity);
    double type = type(a.type(), b.type());
    boolean codesDiffer = codesDiffer(a.codes(), b.codes());

    boolean wordless = leftWords.isEmpty() && rightWords.isEmpty();
    double raw = raw(frames, !left.isEmpty() && !right.isEmpty(), message, wordless, type);
    raw *= valuesDiffer(a.difference(), b.difference()) ? OTHER_VALUES : 1;
    raw = Math.min(raw, codesDiffer ? CODES_DIFFER_CAP : 1);
    return new Similarity(
        calibration.probability(raw),
        raw,
        frames,
        message,
        type,
        codesDiffer,
        sharedFrames(left, right),
        sharedWords(leftWords, rightWords, rarity));
  }

  /** What neither side tells does not count, for or against. */
  private static double raw(
      double frames, boolean framed, double message, boolean wordless, double type) {
    if (framed) {
      return wordless
          ? (FRAMES * frames + TYPE * type) / (FRAMES + TYPE)
          : FRAMES * frames + MESSAGE * message + TYPE * type;
    }
    return wordless ? TYPE_ONLY * type : MESSAGE_ALONE * message + TYPE_ALONE * type;
  }

  private static double type(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return UNTOLD_TYPE;
    }
    return a.equals(b) ? 1 : 0;
  }

  private static boolean codesDiffer(Set<String> a, Set<String> b) {
    return !a.isEmpty() && !b.isEmpty() && Collections.disjoint(a, b);
  }

  private static boolean valuesDiffer(Difference a, Difference b) {
    return !a.absent() && !b.absent() && !a.equals(b);
  }

  private static List<String> sharedFrames(List<Frame> a, List<Frame> b) {
    Set<String> other = new HashSet<>(b.stream().map(Frame::token).toList());
    return a.stream()
        .map(Frame::token)
        .filter(other::contains)
        .distinct()
        .limit(MAX_SHARED)
        .toList();
  }

  private static List<String> sharedWords(List<String> a, List<String> b, Rarity rarity) {
    Set<String> other = new HashSet<>(b);
    return a.stream()
        .filter(other::contains)
        .distinct()
        .sorted(Comparator.comparingDouble(word -> -rarity.idf(Terms.word(word))))
        .limit(MAX_SHARED)
        .toList();
  }
}
