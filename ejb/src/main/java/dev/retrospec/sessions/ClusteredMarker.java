package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;

/** A marker that has found its cluster, ready to be stored. */
public record ClusteredMarker(ObservedMarker marker, ClusterKey key) {}
