package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits.
 *
 * @param symptom of the issue; null when it is gone
 * @param reason what for: {@code quiet_hours}, {@code cooldown}, {@code few_users}, {@code
 *     low_confidence}; empty while nobody has decided
 * @param dueAt when it is decided about again
 */
public record RuleEventView(
    AlertRuleId ruleId,
    RuleEvent event,
    ClusterKey clusterKey,
    @Nullable String symptom,
    String reason,
    Instant dueAt,
    Instant createdAt) {}
