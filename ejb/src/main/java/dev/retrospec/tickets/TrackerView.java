package dev.retrospec.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project's tracker, without its secrets: whether there are any is all that is told.
 *
 * @param trial the last one; null: none since it was changed
 */
public record TrackerView(
    TrackerKind provider,
    String server,
    String place,
    @Nullable String account,
    boolean hasToken,
    boolean hasWebhookSecret,
    boolean closedTicketResolves,
    boolean resolvedIssueCloses,
    Instant updatedAt,
    @Nullable TrackerTrial trial) {}
