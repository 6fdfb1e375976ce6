package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a rule has not decided about for good.
 *
 * @param eventKey the same for the same event, whoever notices it
 * @param sessionId of the report card that is ready
 * @param words what the event itself says, such as a count
 * @param reason why it was held; null when nobody has decided yet
 */
record HeldEvent(
    String eventKey,
    RuleEvent event,
    ClusterKey clusterKey,
    @Nullable SessionId sessionId,
    String trigger,
    @Nullable String words,
    @Nullable String reason,
    Instant createdAt) {}
