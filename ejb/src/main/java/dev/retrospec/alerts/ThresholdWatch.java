package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks which issues are met by more than rules allow, for each rule in a transaction of its own.
 */
@ApplicationScoped
public class ThresholdWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ThresholdWatch.class);

  private final AlertRules rules;
  private final ThresholdCheck check;

  @Inject
  public ThresholdWatch(AlertRules rules, ThresholdCheck check) {
    this.rules = rules;
    this.check = check;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ThresholdWatch() {
    this(null, null);
  }

  /** May run at any time on any number of nodes. */
  public void look() {
    for (AlertRules.RuleDue watching : rules.telling(RuleEvent.THRESHOLD)) {
      try {
        check.check(watching.project(), watching.rule());
      } catch (RuntimeException e) {
        // because one project's rule must not hold those of all others
        LOG.error("The threshold of alert rule {} could not be looked at", watching.rule(), e);
      }
    }
  }
}
