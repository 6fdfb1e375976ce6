package dev.retrospec.alerts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertRuleId;
import java.time.Instant;
import java.util.List;

/**
 * A rule as pages and the API show it, without secrets.
 *
 * @param version the ETag
 */
public record AlertRuleView(
    AlertRuleId id,
    String name,
    boolean enabled,
    @JsonUnwrapped RuleSettings settings,
    List<AlertChannelView> channels,
    int version,
    Instant createdAt,
    Instant updatedAt) {}
