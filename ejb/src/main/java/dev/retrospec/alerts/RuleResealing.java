package dev.retrospec.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what rules keep sealed under the newest master key, so that older ones can be taken out of
 * the settings: each rule in a transaction of its own.
 */
@ApplicationScoped
public class RuleResealing {

  private static final Logger LOG = LoggerFactory.getLogger(RuleResealing.class);

  private final AlertRules rules;
  private final AlertRuleEditing editing;

  @Inject
  public RuleResealing(AlertRules rules, AlertRuleEditing editing) {
    this.rules = rules;
    this.editing = editing;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RuleResealing() {
    this(null, null);
  }

  /** May run at any time on any number of nodes. */
  public void resealOutdated() {
    for (AlertRules.RuleDue each : rules.all()) {
      try {
        editing.reseal(each.project(), each.rule());
      } catch (RuntimeException e) {
        // because one project's rule must not keep an old key alive for all others
        LOG.error("The secrets of alert rule {} could not be sealed anew", each.rule(), e);
      }
    }
  }
}
