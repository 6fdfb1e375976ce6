package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import org.jspecify.annotations.Nullable;

/**
 * A marker that has found its cluster, ready to be stored.
 *
 * @param fingerprint the key that its content gives
 * @param key of the cluster that it belongs to: the fingerprint, unless a merge or a split says
 *     otherwise
 * @param noise the rule by which it is noise: it is kept, and no cluster counts it; null when it is
 *     none
 */
public record ClusteredMarker(
    ObservedMarker marker, ClusterKey fingerprint, ClusterKey key, @Nullable String noise) {

  /** One that counts. */
  public ClusteredMarker(ObservedMarker marker, ClusterKey fingerprint, ClusterKey key) {
    this(marker, fingerprint, key, null);
  }
}
