package dev.retrospec.workers.messages;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.notifications.MessageDelivery;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.Target;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.workers.messages.github.Gists;
import dev.retrospec.workers.messages.github.PullRequestComments;
import dev.retrospec.workers.messages.mail.Letters;
import dev.retrospec.workers.messages.slack.SlackMessages;
import dev.retrospec.workers.messages.webhook.RunHook;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Sends one message about a run through its channel. */
@ApplicationScoped
public class RunMessageJob implements JobWork {

  private final MessageDelivery delivery;
  private final SlackMessages slack;
  private final PullRequestComments comments;
  private final Gists gists;
  private final Letters letters;
  private final RunHook hook;

  @Inject
  public RunMessageJob(
      MessageDelivery delivery,
      SlackMessages slack,
      PullRequestComments comments,
      Gists gists,
      Letters letters,
      RunHook hook) {
    this.delivery = delivery;
    this.slack = slack;
    this.comments = comments;
    this.gists = gists;
    this.letters = letters;
    this.hook = hook;
  }

  /** For the container's proxy. */
  protected RunMessageJob() {
    this(null, null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.RUN_MESSAGE;
  }

  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  @Override
  public Runnable perform(Job job) {
    Optional<RunMessage> prepared =
        delivery.prepare(job.projectId(), new NotificationId(job.subject()));
    if (prepared.isEmpty()) {
      return () -> {}; // sent before, or its channel has been switched off
    }
    RunMessage message = prepared.get();
    try {
      Receipt receipt = send(message);
      return () -> end(message, receipt);
    } catch (RuntimeException e) {
      delivery.attemptFailed(
          message, e instanceof Failure ? e.getMessage() : e.getClass().getSimpleName());
      throw e;
    }
  }

  private Receipt send(RunMessage message) {
    Target target = message.target();
    if (target instanceof Target.SlackChannel channel) {
      return slack.send(message, channel);
    }
    if (target instanceof Target.PullRequest place) {
      return comments.send(message, place);
    }
    if (target instanceof Target.SecretGist gist) {
      return gists.send(message, gist);
    }
    if (target instanceof Target.Mailbox mailbox) {
      return letters.send(message, mailbox);
    }
    return hook.send(message, (Target.Server) target);
  }

  private void end(RunMessage message, Receipt receipt) {
    if (receipt instanceof Receipt.Taken taken) {
      delivery.sent(message, taken.address());
    } else {
      delivery.skipped(message, ((Receipt.Needless) receipt).reason());
    }
  }
}
