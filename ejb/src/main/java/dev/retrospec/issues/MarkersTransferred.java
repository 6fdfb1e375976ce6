package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * The last marker of a {@link MarkerTransfer} has gone; said within the transaction that found none
 * any more.
 *
 * @param merge whether {@code from} is part of {@code to} now; else {@code to} was a part of it
 */
public record MarkersTransferred(
    ProjectId projectId, ClusterKey from, ClusterKey to, boolean merge, long markersMoved) {}
