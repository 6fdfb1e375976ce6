package dev.retrospec.workers.notifications;

import dev.retrospec.alerts.AlertDelivery;
import dev.retrospec.alerts.AlertMessage;
import dev.retrospec.alerts.AlertRelease;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.workers.notifications.rules.RuleAlertSender;
import dev.retrospec.workers.notifications.webhook.OperatorsHook;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Everything about alerts that is not done where it happens: posts an alert to the operator's
 * webhook, decides what a project's rule tells, makes a delivery of such a rule. Which it is, the
 * subject's id says.
 */
@ApplicationScoped
public class NotificationJob implements JobWork {

  private final AlertDelivery delivery;
  private final OperatorsHook webhook;
  private final AlertRelease release;
  private final RuleAlertSender rules;

  @Inject
  public NotificationJob(
      AlertDelivery delivery, OperatorsHook webhook, AlertRelease release, RuleAlertSender rules) {
    this.delivery = delivery;
    this.webhook = webhook;
    this.release = release;
    this.rules = rules;
  }

  /** For the container's proxy. */
  protected NotificationJob() {
    this(null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.NOTIFICATION;
  }

  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  @Override
  public Runnable perform(Job job) {
    ProjectId project = job.projectId();
    if (job.subject().startsWith(AlertDeliveryId.PREFIX)) {
      return rules.send(job);
    }
    if (job.subject().startsWith(AlertRuleId.PREFIX)) {
      AlertRuleId rule = new AlertRuleId(job.subject());
      return () -> release.release(project, rule);
    }
    AlertEventId id = new AlertEventId(job.subject());
    Optional<AlertMessage> message = delivery.prepare(project, id);
    if (message.isEmpty()) {
      return () -> {}; // ended otherwise: resolved or muted meanwhile, no webhook any more
    }
    int status = webhook.post(message.get());
    return () -> delivery.sent(project, id, status);
  }
}
