package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The terms by which a store finds failures that may be alike: calls, words of the message, and
 * MinHash bands of the message's pairs of words. A term is 32 bits: two of its kind, thirty of a
 * hash, so that an integer array can hold and index them. Two terms meet by chance once in 10^9.
 */
public final class Terms {

  /** What a term stands for. */
  public enum Kind {
    /** A call: function and file name. */
    FRAME,
    /** A word of the message. */
    WORD,
    /** A band of the message's pairs of words; equal bands mean probably alike messages. */
    BAND
  }

  private static final int KIND_SHIFT = 30;
  private static final int HASH_MASK = (1 << KIND_SHIFT) - 1;

  /** Deeper calls are the runner's and the framework's. */
  private static final int MAX_FRAMES = 32;

  private static final int MAX_WORDS = 64;

  private Terms() {}

  /** Distinct, calls first (topmost first), then words, then bands; at most 112. */
  public static int[] of(FailureSignature signature) {
    Set<Integer> terms = new LinkedHashSet<>();
    signature.tellingFrames().stream().limit(MAX_FRAMES).forEach(f -> terms.add(frame(f)));
    List<String> words = Words.of(signature.type() + "\n" + signature.template());
    words.stream().distinct().limit(MAX_WORDS).forEach(word -> terms.add(word(word)));
    for (long band : MinHash.bands(Words.pairs(words))) {
      terms.add(term(Kind.BAND, band));
    }
    return terms.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The terms whose rarity a score depends on: all calls, and all words of the message. */
  public static Set<Integer> weighed(FailureSignature signature) {
    Set<Integer> terms = new LinkedHashSet<>();
    signature.tellingFrames().forEach(frame -> terms.add(frame(frame)));
    Words.of(signature.template()).forEach(word -> terms.add(word(word)));
    return terms;
  }

  /** What the term stands for. */
  public static Kind kind(int term) {
    return Kind.values()[term >>> KIND_SHIFT];
  }

  /** The term of a call. */
  public static int frame(Frame frame) {
    return term(Kind.FRAME, Hash64.of(frame.token()));
  }

  /** The term of a word as {@link Words} gives it. */
  public static int word(String word) {
    return term(Kind.WORD, Hash64.of(word));
  }

  private static int term(Kind kind, long hash) {
    return kind.ordinal() << KIND_SHIFT | (int) hash & HASH_MASK;
  }
}
