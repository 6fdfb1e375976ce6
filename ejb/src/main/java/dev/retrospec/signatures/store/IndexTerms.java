package dev.retrospec.signatures.store;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Terms;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a signature is indexed by: its {@link Terms}, and the hashes of its variants as terms of a
 * kind of their own, so that one index finds both.
 *
 * <p>In the table they are mixed with the project's id: one index over all projects then holds
 * short lists for each. Terms of two projects may still meet by chance; queries name the project
 * too.
 */
public final class IndexTerms {

  /** Variants of a signature that a store looks for: the kinds of {@link Terms} end below it. */
  private static final int VARIANT = 3 << 30;

  private static final int HASH_MASK = (1 << 30) - 1;
  private static final int SPREAD = 0x9E3779B9; // Fibonacci hashing: neighbours end far apart

  private IndexTerms() {}

  /** Distinct. */
  public static Set<Integer> of(FailureSignature signature) {
    Set<Integer> terms = new LinkedHashSet<>();
    IntStream.of(Terms.of(signature)).forEach(terms::add);
    signature.variantHashes().forEach(hash -> terms.add(VARIANT | hash.hashCode() & HASH_MASK));
    return terms;
  }

  static boolean isVariant(int term) {
    return (term & VARIANT) == VARIANT;
  }

  /** To the table's form, and from it back again. */
  public static int mixed(ProjectId project, int term) {
    return term ^ project.value().hashCode() * SPREAD;
  }
}
