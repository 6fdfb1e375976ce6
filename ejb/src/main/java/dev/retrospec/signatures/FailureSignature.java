package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.text.Difference;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stays of a failure when day, machine, line and build are taken away. Equal text of the same
 * version gives an equal signature, on every node.
 *
 * @param version of the rules that made it; signatures of different versions may be scored, but
 *     their hashes do not meet
 * @param type short name of what was thrown, the cause's where something was wrapped; may be empty
 * @param template the message with masks, the cause's first; at most 1,024 characters
 * @param frames topmost first, at most 64, recursion folded
 * @param difference values an assertion compared; both empty for any other failure
 * @param codes codes that name the error, as {@code http:404}, {@code sqlstate:23505}, {@code
 *     errno:ENOENT}
 * @param exactHash the most telling of the variants
 * @param variantHashes of all variants that apply: a member shared by two failures is a first hint
 */
public record FailureSignature(
    int version,
    String type,
    String template,
    List<Frame> frames,
    Difference difference,
    Set<String> codes,
    String exactHash,
    Set<String> variantHashes) {

  /** Of the rules in this package and below. A change that moves hashes needs the next number. */
  public static final int VERSION = 3;

  public FailureSignature {
    frames = List.copyOf(frames);
    codes = sorted(codes);
    variantHashes = sorted(variantHashes);
  }

  /** In one order, so that equal signatures are equal as text. */
  private static Set<String> sorted(Set<String> values) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }

  /** The site's own frames where there are any, otherwise all. */
  public List<Frame> tellingFrames() {
    List<Frame> own = frames.stream().filter(Frame::inApp).toList();
    return own.isEmpty() ? frames : own;
  }
}
