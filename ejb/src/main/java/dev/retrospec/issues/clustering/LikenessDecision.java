package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.signatures.Similarity;

/** Whether a new cluster is one that is there already. */
public sealed interface LikenessDecision {

  /** It is this one. */
  record Join(ClusterKey key, Similarity similarity) implements LikenessDecision {}

  /** It stays what it is. */
  record Apart(String reason) implements LikenessDecision {}
}
