package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks which issues are met by more than one rule allows. Of the nodes that want to look in the
 * same minute one does; a crossing is written once in each window.
 */
@ApplicationScoped
public class ThresholdCheck {

  /** Less than between two looks of one node, more than between those of two. */
  private static final Duration TURN = Duration.ofSeconds(30);

  private final AlertRules rules;
  private final IssueSightings sightings;
  private final RuleAlerts alerts;
  private final Clock clock;

  @Inject
  public ThresholdCheck(
      AlertRules rules, IssueSightings sightings, RuleAlerts alerts, Clock clock) {
    this.rules = rules;
    this.sightings = sightings;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ThresholdCheck() {
    this(null, null, null, null);
  }

  /**
   * One statement of bounded cost; nothing for a rule that is gone or has no threshold, or where
   * somebody has just looked.
   */
  @Transactional
  public void check(ProjectId project, AlertRuleId id) {
    Optional<Threshold> threshold =
        rules.find(project, id).map(rule -> rule.settings().threshold());
    if (threshold.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    if (!rules.mayLook(project, id, now, TURN)) {
      return;
    }
    for (IssueSightings.Crossed crossed : sightings.crossed(project, id, threshold.get(), now)) {
      alerts.crossed(
          project,
          id,
          crossed.key(),
          threshold.get().windowNumber(now),
          threshold.get().words(crossed.counted()));
    }
  }
}
