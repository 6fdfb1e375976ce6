package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;

/**
 * A marker as it stands in the database: what the browser told, and where it was put.
 *
 * @param fingerprint the key that its content gave when it was grouped; of a marker from before
 *     this was kept, its cluster's key
 * @param key of the cluster that it belongs to
 */
public record StoredMarker(
    SessionId session, ObservedMarker marker, ClusterKey fingerprint, ClusterKey key) {}
