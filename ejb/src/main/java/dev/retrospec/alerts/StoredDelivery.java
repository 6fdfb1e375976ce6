package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/** A delivery as the one who makes it needs it. */
record StoredDelivery(
    ProjectId projectId,
    AlertDeliveryId id,
    AlertId alertId,
    AlertRuleId ruleId,
    AlertChannelId channelId,
    AlertChannelKind channel,
    boolean isUpdate,
    String eventKey,
    String status,
    int generation,
    int attempts,
    @Nullable String messageRef,
    long position) {}
