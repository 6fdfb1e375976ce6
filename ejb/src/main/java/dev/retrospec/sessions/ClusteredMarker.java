package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;

/**
 * A marker that has found its cluster, ready to be stored.
 *
 * @param fingerprint the key that its content gives
 * @param key of the cluster that it belongs to: the fingerprint, unless a merge or a split says
 *     otherwise
 */
public record ClusteredMarker(ObservedMarker marker, ClusterKey fingerprint, ClusterKey key) {}
