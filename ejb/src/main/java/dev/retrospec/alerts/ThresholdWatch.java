package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.Threshold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Looks which issues are met by more than rules allow. Any number of nodes may look at once: a
 * crossing is written once in each window.
 */
@ApplicationScoped
public class ThresholdWatch {

  private final AlertRules rules;
  private final IssueSightings sightings;
  private final RuleAlerts alerts;
  private final Clock clock;

  @Inject
  public ThresholdWatch(
      AlertRules rules, IssueSightings sightings, RuleAlerts alerts, Clock clock) {
    this.rules = rules;
    this.sightings = sightings;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ThresholdWatch() {
    this(null, null, null, null);
  }

  /** One statement for each rule with a threshold, of bounded cost. */
  @Transactional
  public void look() {
    List<AlertRule> watching = rules.telling(RuleEvent.THRESHOLD);
    Instant now = clock.instant();
    for (AlertRule rule : watching) {
      Threshold threshold = rule.settings().threshold();
      if (threshold == null) {
        continue;
      }
      for (IssueSightings.Crossed crossed : sightings.crossed(rule.projectId(), threshold, now)) {
        alerts.crossed(
            rule.projectId(),
            rule.id(),
            crossed.key(),
            threshold.windowNumber(now),
            threshold.words(crossed.counted()));
      }
    }
  }
}
