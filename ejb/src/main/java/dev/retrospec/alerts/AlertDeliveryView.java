package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message on one channel, and what became of it.
 *
 * @param symptom of the issue that it is about first; null when it is gone, and of a test
 * @param purpose {@code tell}, or {@code update} for a change of a message that stands somewhere
 * @param status {@code pending}, {@code sending}, {@code sent}, {@code failed}, {@code skipped}, or
 *     {@code unknown}: it may have arrived, and is not sent again by itself
 * @param httpStatus of the last answer
 * @param answer what the other side said, cut
 * @param durationMs of the last attempt
 */
public record AlertDeliveryView(
    AlertDeliveryId id,
    AlertId alertId,
    AlertRuleId ruleId,
    String ruleName,
    AlertChannelId channelId,
    AlertChannelKind channel,
    String purpose,
    String event,
    ClusterKey clusterKey,
    @Nullable String symptom,
    boolean isTest,
    String status,
    int attempts,
    @Nullable Integer httpStatus,
    @Nullable String answer,
    @Nullable Long durationMs,
    @Nullable String errorMessage,
    Instant createdAt,
    @Nullable Instant endedAt) {

  /** Whether somebody may have it sent again. */
  public boolean isOver() {
    return !status.equals("pending") && !status.equals("sending");
  }
}
