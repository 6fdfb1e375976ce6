package dev.retrospec.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about what rules have held until now, each rule in a transaction of its own. */
@ApplicationScoped
public class DueAlerts {

  private static final Logger LOG = LoggerFactory.getLogger(DueAlerts.class);

  /** Of one look; the rest follows a minute later. */
  private static final int MAX_RULES = 500;

  private final AlertRules rules;
  private final AlertRelease release;
  private final Clock clock;

  @Inject
  public DueAlerts(AlertRules rules, AlertRelease release, Clock clock) {
    this.rules = rules;
    this.release = release;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected DueAlerts() {
    this(null, null, null);
  }

  /** May run at any time on any number of nodes. */
  public void release() {
    for (AlertRules.RuleDue due : rules.due(MAX_RULES, clock.instant())) {
      try {
        release.release(due.project(), due.rule());
      } catch (RuntimeException e) {
        // because one project's rule must not hold those of all others
        LOG.error("What alert rule {} holds could not be decided about", due.rule(), e);
      }
    }
  }
}
