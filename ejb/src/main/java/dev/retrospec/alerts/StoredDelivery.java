package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import java.util.Optional;
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
    long position) {

  /** Of a change: {@code resolved}, {@code regressed} or {@code escalating}. */
  String change() {
    String[] parts = eventKey.split("\\|");
    return parts.length > 2 ? parts[2] : "";
  }

  /** Of a change: the issue that changed; empty where an earlier version asked for it. */
  Optional<ClusterKey> changedIssue() {
    String[] parts = eventKey.split("\\|", 5);
    return parts.length > 4 ? Optional.of(new ClusterKey(parts[4])) : Optional.empty();
  }
}
