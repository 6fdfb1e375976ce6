package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Similarity;
import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.EngineWording;
import dev.retrospec.signatures.text.ProtectedCodes;
import java.util.Comparator;
import java.util.List;

/**
 * When two clusters are one failure although their fingerprints differ. Two failures in one cluster
 * hide one of them, one failure in two clusters is merely told twice: where there is doubt, the
 * answer is no. Only what was thrown can be alike: with calls that carry names, or without any call
 * and with the very words of one other failure. Of two that have calls words alone are what the
 * fingerprint compares already.
 */
public final class LikenessPolicy {

  /** Nine of ten such pairs of the labelled set are one failure (bench/results/similarity.md). */
  public static final double LEAST_SCORE = 0.9;

  /** A caller more or less; with another call on top it is another failure. */
  static final double LEAST_FRAMES = 0.8;

  /** One place throws several things: what it says of them is most of what tells them apart. */
  static final double LEAST_MESSAGE = 0.8;

  /** Of a cosine, whose last digit is chance. */
  static final double SAME_WORDS = 0.999;

  /** Of uncalibrated scores: owners that are no farther apart are both possible. */
  static final double NEARLY_ALIKE = 0.03;

  /** One common name may be chance: every second site has an {@code onClick}. */
  static final int LEAST_NAMED_CALLS = 2;

  /** Minifiers give names of one or two letters, another one with every build. */
  static final int LEAST_NAME_LENGTH = 3;

  private LikenessPolicy() {}

  /**
   * A cluster that the new one may be part of.
   *
   * @param refused whether somebody said that the two are not one
   */
  public record Candidate(
      ClusterKey key, MarkerKind kind, Similarity similarity, boolean refused) {}

  /**
   * @param kind of the new cluster
   * @param failure what the new cluster looks like
   */
  public static LikenessDecision decide(
      MarkerKind kind, FailureSignature failure, List<Candidate> candidates) {
    if (ProtectedCodes.tellAnswer(failure.codes())) {
      return new LikenessDecision.Apart("its calls are those of every request");
    }
    if (failure.tellingFrames().isEmpty()) {
      return ofWords(kind, failure, candidates);
    }
    if (named(failure.tellingFrames().stream().map(Frame::token).toList())
        < Math.min(LEAST_NAMED_CALLS, failure.tellingFrames().size())) {
      return new LikenessDecision.Apart("its calls have no names");
    }
    List<Candidate> possible =
        candidates.stream()
            .filter(candidate -> isOne(kind, failure, candidate))
            .sorted(Comparator.comparingDouble(candidate -> -candidate.similarity().raw()))
            .toList();
    if (possible.isEmpty()) {
      return new LikenessDecision.Apart("nothing is enough like it");
    }
    Candidate best = possible.get(0);
    boolean ambiguous =
        possible.size() > 1
            && possible.get(1).similarity().raw() > best.similarity().raw() - NEARLY_ALIKE;
    return ambiguous
        ? new LikenessDecision.Apart("several clusters are nearly as much like it")
        : new LikenessDecision.Join(best.key(), best.similarity());
  }

  /**
   * WebKit tells no calls where the engine's own function threw or nobody awaited a promise: then
   * it is the one failure that says the same, if there is only one.
   */
  private static LikenessDecision ofWords(
      MarkerKind kind, FailureSignature failure, List<Candidate> candidates) {
    String words = failure.template();
    if (Fingerprint.saysNothing(words) || EngineWording.isOfAnyRequest(words)) {
      return new LikenessDecision.Apart("its words are those of many failures");
    }
    List<Candidate> possible =
        candidates.stream()
            .filter(candidate -> candidate.kind() == kind)
            .filter(candidate -> candidate.similarity().type() >= 1)
            .filter(candidate -> candidate.similarity().message() >= SAME_WORDS)
            .toList();
    boolean one = possible.size() == 1 && !possible.get(0).refused();
    return one
        ? new LikenessDecision.Join(possible.get(0).key(), possible.get(0).similarity())
        : new LikenessDecision.Apart("not just one failure says the same");
  }

  private static boolean isOne(MarkerKind kind, FailureSignature failure, Candidate candidate) {
    Similarity similarity = candidate.similarity();
    List<String> shared = similarity.sharedFrames();
    return !candidate.refused()
        && candidate.kind() == kind
        && !similarity.codesDiffer()
        && similarity.type() >= 1
        && similarity.score() >= LEAST_SCORE
        && similarity.frames() >= LEAST_FRAMES
        && similarity.message() >= LEAST_MESSAGE
        && named(shared) >= Math.min(LEAST_NAMED_CALLS, failure.tellingFrames().size())
        && shared.contains(failure.tellingFrames().get(0).token());
  }

  private static long named(List<String> tokens) {
    return tokens.stream().filter(LikenessPolicy::hasTellingName).count();
  }

  /** Of {@code Cart.total@cart.js} the last name counts. */
  private static boolean hasTellingName(String token) {
    String function = token.substring(0, token.lastIndexOf('@'));
    String name = function.substring(function.lastIndexOf('.') + 1);
    return name.chars().filter(Character::isLetterOrDigit).count() >= LEAST_NAME_LENGTH;
  }
}
