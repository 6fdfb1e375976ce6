package dev.retrospec.alerts.rules;

import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule tells, about what, and how often. Also its form in JSON.
 *
 * @param events at least one
 * @param threshold there exactly when the rule tells {@link RuleEvent#THRESHOLD}
 * @param minReportConfidence 0 to 1, of report cards; null: 0
 * @param filter null: every issue
 * @param groupBy null: each issue
 * @param cooldownMinutes between two alerts of one group, 0 to {@value #MAX_COOLDOWN_MINUTES};
 *     null: {@value #DEFAULT_COOLDOWN_MINUTES}
 * @param quietHours null: none
 */
public record RuleSettings(
    Set<RuleEvent> events,
    @Nullable Threshold threshold,
    @Nullable Double minReportConfidence,
    @Nullable RuleFilter filter,
    @Nullable GroupBy groupBy,
    @Nullable Integer cooldownMinutes,
    @Nullable QuietHours quietHours) {

  /** A week. */
  public static final int MAX_COOLDOWN_MINUTES = 10_080;

  public static final int DEFAULT_COOLDOWN_MINUTES = 60;

  /**
   * @throws InvalidRequest when a field is missing or out of range
   */
  public RuleSettings {
    if (events == null || events.isEmpty()) {
      throw new InvalidRequest("events must name at least one event");
    }
    events = Collections.unmodifiableSet(EnumSet.copyOf(events)); // in their order
    if (events.contains(RuleEvent.THRESHOLD) && threshold == null) {
      throw new InvalidRequest("threshold is required for the event threshold");
    }
    threshold = events.contains(RuleEvent.THRESHOLD) ? threshold : null;
    if (minReportConfidence != null && !(minReportConfidence >= 0 && minReportConfidence <= 1)) {
      throw new InvalidRequest("minReportConfidence must be 0 to 1");
    }
    filter = filter == null ? RuleFilter.ALL : filter;
    groupBy = groupBy == null ? GroupBy.ISSUE : groupBy;
    cooldownMinutes = cooldownMinutes == null ? DEFAULT_COOLDOWN_MINUTES : cooldownMinutes;
    if (cooldownMinutes < 0 || cooldownMinutes > MAX_COOLDOWN_MINUTES) {
      throw new InvalidRequest("cooldownMinutes must be 0 to " + MAX_COOLDOWN_MINUTES);
    }
  }

  /** One event with everything else as it is by default. */
  public static RuleSettings of(RuleEvent first, RuleEvent... more) {
    return new RuleSettings(java.util.EnumSet.of(first, more), null, null, null, null, null, null);
  }

  Duration cooldown() {
    return Duration.ofMinutes(cooldownMinutes == null ? 0 : cooldownMinutes);
  }

  RuleFilter about() {
    return filter == null ? RuleFilter.ALL : filter;
  }

  /** What shares a cooldown with the issue. */
  public String group(dev.retrospec.issues.IssueView issue) {
    return (groupBy == null ? GroupBy.ISSUE : groupBy).key(issue);
  }
}
