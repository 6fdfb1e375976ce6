package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Markers on their way from one cluster to another, because somebody has merged or separated them.
 * What comes in goes to the new one already; what is stored follows in slices.
 *
 * @param merge whether all markers go, because the one cluster became part of the other; else those
 *     of a part that is not the same
 * @param markersMoved so far
 * @param failure why it stopped on the way, until it is asked for again; null while it is under way
 * @param by who said so
 */
public record MarkerTransfer(
    ClusterKey from,
    ClusterKey to,
    boolean merge,
    long markersMoved,
    @Nullable String failure,
    @Nullable String by,
    Instant since) {}
