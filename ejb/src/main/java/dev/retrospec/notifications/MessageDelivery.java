package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the workers that send messages ask and tell: {@link #prepare} before, {@link #sent} in the
 * transaction that ends the job. A message whose job is given up has failed.
 */
@ApplicationScoped
public class MessageDelivery {

  private final Notifications notifications;
  private final NotificationChannels channels;
  private final GithubComments comments;
  private final NotificationConfig config;
  private final JobQueue jobs;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public MessageDelivery(
      Notifications notifications,
      NotificationChannels channels,
      GithubComments comments,
      NotificationConfig config,
      JobQueue jobs,
      MeterRegistry meters,
      Clock clock) {
    this.notifications = notifications;
    this.channels = channels;
    this.comments = comments;
    this.config = config;
    this.jobs = jobs;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MessageDelivery() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * The message, with the settings as they are now. Empty when there is nothing to send: it has
   * been sent, or its channel has been switched off meanwhile.
   *
   * @param id the job's subject
   */
  @Transactional
  public Optional<RunMessage> prepare(ProjectId project, NotificationId id) {
    Optional<StoredNotification> begun = notifications.begin(project, id);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    StoredNotification message = begun.get();
    Optional<Target> target =
        new TargetPolicy(project, config, channels.of(project))
            .target(message.channel(), message.report());
    if (target.isEmpty()) {
      end(project, message, NotificationStatus.SKIPPED, "The channel is not set up any more");
      return Optional.empty();
    }
    return target.map(
        where ->
            new RunMessage(
                id,
                message.revision(),
                project,
                message.report(),
                where,
                notifications.gist(project, message.testRunId()),
                config.publicUrl(),
                config.forge(),
                message.requestedAt()));
  }

  /**
   * The other side took it.
   *
   * @param address where it can be seen
   */
  @Transactional
  public void sent(RunMessage message, @Nullable String address) {
    notifications.finish(
        message.project(),
        message.id(),
        message.revision(),
        NotificationStatus.SENT,
        address,
        null,
        clock.instant());
    afterTheGist(message);
    count(message.target(), "sent");
  }

  /** Nothing was sent, and rightly so. */
  @Transactional
  public void skipped(RunMessage message, String reason) {
    notifications.finish(
        message.project(),
        message.id(),
        message.revision(),
        NotificationStatus.SKIPPED,
        null,
        reason,
        clock.instant());
    count(message.target(), "skipped");
  }

  /** An attempt failed. Whoever waits for the Gist does not wait for its next attempt. */
  @Transactional
  public void attemptFailed(RunMessage message, String reason) {
    notifications.note(message.project(), message.id(), reason);
    afterTheGist(message);
  }

  /** The comment that the project has in a pull request, as far as we know. */
  @Transactional
  public Optional<GithubComments.Comment> comment(ProjectId project, Target.PullRequest place) {
    return comments.find(project, place);
  }

  /** What the comment of a pull request has to tell now. */
  @Transactional
  public PullRequestRuns runs(ProjectId project, Target.PullRequest place) {
    return notifications.runs(project, place);
  }

  /** The comment has been made or changed; said at once, so that no second one is made. */
  @Transactional
  public void commented(RunMessage message, Target.PullRequest place, long commentId) {
    comments.put(
        message.project(), place, commentId, message.report().runId(), message.requestedAt());
  }

  void givenUp(@Observes JobGivenUp event) {
    if (event.job().kind() != JobKind.RUN_MESSAGE) {
      return;
    }
    ProjectId project = event.job().projectId();
    notifications
        .giveUp(project, new NotificationId(event.job().subject()), event.reason())
        .ifPresent(
            failed -> {
              if (failed.channel() == Channel.GIST) {
                release(project, failed.testRunId());
              }
              count(failed.channel(), "failed");
            });
  }

  private void end(
      ProjectId project, StoredNotification message, NotificationStatus status, String reason) {
    notifications.finish(
        project, message.id(), message.revision(), status, null, reason, clock.instant());
    if (message.channel() == Channel.GIST) {
      release(project, message.testRunId());
    }
    count(message.channel(), status.wireName());
  }

  private void afterTheGist(RunMessage message) {
    if (message.target() instanceof Target.SecretGist) {
      release(message.project(), message.report().runId());
    }
  }

  private void release(ProjectId project, TestRunId run) {
    jobs.enqueueAll(
        notifications.release(project, run).stream()
            .map(due -> RunMessages.job(project, due))
            .toList());
  }

  private void count(Target target, String outcome) {
    count(channel(target), outcome);
  }

  private static Channel channel(Target target) {
    if (target instanceof Target.SlackChannel) {
      return Channel.SLACK;
    }
    if (target instanceof Target.PullRequest) {
      return Channel.GITHUB;
    }
    if (target instanceof Target.SecretGist) {
      return Channel.GIST;
    }
    return target instanceof Target.Mailbox ? Channel.EMAIL : Channel.WEBHOOK;
  }

  private void count(Channel channel, String outcome) {
    meters
        .counter("retrospec.notifications", "channel", channel.wireName(), "outcome", outcome)
        .increment();
  }
}
