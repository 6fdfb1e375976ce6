package dev.retrospec.issues;

import dev.retrospec.sessions.MarkerKind;
import java.time.Instant;

/** How much of one kind of failure came in within a time. */
public record KindStats(
    MarkerKind kind, long markerCount, long sessionCount, long clusterCount, Instant lastSeenAt) {}
