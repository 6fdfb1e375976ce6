package dev.retrospec.workers.notifications;

import dev.retrospec.alerts.AlertDelivery;
import dev.retrospec.alerts.AlertMessage;
import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.workers.notifications.webhook.Webhook;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Posts an alert to the operator's webhook. */
@ApplicationScoped
public class NotificationJob implements JobWork {

  private final AlertDelivery delivery;
  private final Webhook webhook;

  @Inject
  public NotificationJob(AlertDelivery delivery, Webhook webhook) {
    this.delivery = delivery;
    this.webhook = webhook;
  }

  /** For the container's proxy. */
  protected NotificationJob() {
    this(null, null);
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
    AlertEventId id = new AlertEventId(job.subject());
    Optional<AlertMessage> message = delivery.prepare(project, id);
    if (message.isEmpty()) {
      return () -> {}; // ended otherwise: resolved or muted meanwhile, no webhook any more
    }
    AlertMessage alert = message.get();
    int status = webhook.post(alert.url(), alert.authorization(), alert.body());
    return () -> delivery.sent(project, id, status);
  }
}
