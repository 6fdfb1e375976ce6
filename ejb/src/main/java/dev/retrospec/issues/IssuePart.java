package dev.retrospec.issues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of an issue that was joined to it, with what came to the issue by way of it.
 *
 * @param alias why it is here
 * @param sessionCount of those that were looked at, with an occurrence of this part
 * @param lastSeenAt null when there is none
 * @param example the words of its latest occurrence; empty when there is none
 */
public record IssuePart(
    ClusterAlias alias,
    long markerCount,
    int sessionCount,
    @Nullable Instant lastSeenAt,
    String example) {}
