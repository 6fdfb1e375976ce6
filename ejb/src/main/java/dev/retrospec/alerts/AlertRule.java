package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule as it is stored.
 *
 * @param version changes with each change; the ETag
 */
record AlertRule(
    ProjectId projectId,
    AlertRuleId id,
    String name,
    boolean enabled,
    RuleSettings settings,
    List<RuleChannel> channels,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  AlertRule {
    channels = List.copyOf(channels);
  }

  Optional<RuleChannel> channel(AlertChannelId channel) {
    return channels.stream().filter(one -> one.id().equals(channel)).findFirst();
  }

  AlertRuleView view() {
    return new AlertRuleView(
        id,
        name,
        enabled,
        settings,
        channels.stream().map(RuleChannel::view).toList(),
        version,
        createdAt,
        updatedAt);
  }
}
