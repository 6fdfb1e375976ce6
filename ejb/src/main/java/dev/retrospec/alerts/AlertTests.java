package dev.retrospec.alerts;

import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Has messages sent because somebody wants to see one: tests of a rule, and deliveries again. */
@ApplicationScoped
public class AlertTests {

  private final AlertRules rules;
  private final AlertDeliveries deliveries;
  private final ToldAlerts told;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public AlertTests(
      AlertRules rules, AlertDeliveries deliveries, ToldAlerts told, JobQueue jobs, Clock clock) {
    this.rules = rules;
    this.deliveries = deliveries;
    this.told = told;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertTests() {
    this(null, null, null, null, null);
  }

  /**
   * Sends a message that is marked as a test to each channel of the rule, also when the rule is off
   * or it is quiet.
   *
   * @return whose deliveries tell how it went
   * @throws NotFound when the project has no such rule
   */
  @Transactional
  public AlertId test(ProjectId project, AlertRuleId id) {
    AlertRule rule = rules.find(project, id).orElseThrow(() -> new NotFound("alert rule"));
    RuleAlert alert = RuleAlert.test(rule, clock.instant());
    told.add(alert);
    jobs.enqueueAll(
        deliveries.addFor(alert, "test|" + alert.id(), rule.channels()).stream()
            .map(delivery -> DeliveryJobs.job(project, delivery, 0))
            .toList());
    return alert.id();
  }

  /**
   * Makes a delivery again that has ended, however it did.
   *
   * @throws NotFound when the project has no such delivery
   * @throws InvalidRequest when it is still under way
   */
  @Transactional
  public void again(ProjectId project, AlertDeliveryId id) {
    if (deliveries.toBegin(project, id).isEmpty()) {
      throw new NotFound("delivery");
    }
    int generation =
        deliveries
            .again(project, id)
            .orElseThrow(() -> new InvalidRequest("the delivery is still under way"));
    jobs.enqueue(DeliveryJobs.job(project, id, generation));
  }
}
