package dev.retrospec.issues;

import dev.retrospec.signatures.Similarity;
import org.jspecify.annotations.Nullable;

/**
 * Where an alias comes from.
 *
 * @param by who decided; null for a machine, and where nobody said
 * @param likeness how alike the two were; null unless that was the reason
 */
public record AliasOrigin(
    AliasKind kind, @Nullable String note, @Nullable String by, @Nullable Similarity likeness) {

  static AliasOrigin hand(@Nullable String note, @Nullable String by) {
    return new AliasOrigin(AliasKind.HAND, note, by, null);
  }

  static AliasOrigin likeness(Similarity likeness) {
    return new AliasOrigin(AliasKind.LIKENESS, null, null, likeness);
  }

  static AliasOrigin regroup() {
    return new AliasOrigin(AliasKind.REGROUP, null, null, null);
  }
}
