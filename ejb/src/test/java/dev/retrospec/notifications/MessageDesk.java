package dev.retrospec.notifications;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases of this package on the tests' database, each in the transaction it has in truth.
 */
public final class MessageDesk {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  public final TestDatabase database = TestDatabase.get();
  public final SettableClock clock = new SettableClock(START);
  public final ProjectId project = database.newProject();
  public final Outbox outbox;
  public final Notifications notifications = new Notifications(database.jdbi());
  public final NotificationChannels channels = new NotificationChannels(database.jdbi(), clock);
  public final GithubComments comments = new GithubComments(database.jdbi());
  public final RunMessages messages;
  public final MessageDelivery delivery;
  public final NotificationData data;

  /** Settings by name, in pairs, with which every channel is told. */
  static final String[] ALL = {
    "SLACK_WEBHOOK_URL", "https://hooks.slack.test/services/T/B/secret",
    "GITHUB_TOKEN", "ghp_token",
    "SMTP_HOST", "mail.test",
    "NOTIFICATION_EMAILS", "team@example.com",
    "NOTIFY_WEBHOOK_URL", "https://hooks.test/runs",
    "NOTIFY_WEBHOOK_AUTH_HEADER", "Bearer secret",
    "RETROSPEC_PUBLIC_URL", "https://retrospec.test/"
  };

  /** Settings by name, in pairs. */
  public MessageDesk(String... settings) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    NotificationConfig config =
        NotificationConfig.from(Settings.of(name -> Optional.ofNullable(values.get(name))));
    outbox = new Outbox(database, clock, values);
    messages =
        new RunMessages(
            notifications, channels, comments, config, outbox.queue, outbox.meters, clock);
    delivery = new Transactional(config);
    data = new NotificationData(notifications, comments, config, clock);
    outbox.givenUp.observedBy(delivery::givenUp);
  }

  public List<NotificationView> request(RunReport report) {
    return database.inTransaction(() -> messages.request(project, report));
  }

  public NotificationView only(TestRunId run, Channel channel) {
    return notifications.ofRun(project, run).stream()
        .filter(one -> one.channel() == channel)
        .findFirst()
        .orElseThrow();
  }

  /** What is sent of it now. */
  Optional<RunMessage> prepare(TestRunId run, Channel channel) {
    return delivery.prepare(project, only(run, channel).id());
  }

  /** The jobs that wait for the message. */
  public List<JobId> jobs(NotificationId message) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select id from job where project_id = :project and subject = :id"
                            + " and kind = 'run_message' order by id")
                    .bind("project", project)
                    .bind("id", message)
                    .mapTo(Long.class)
                    .map(JobId::new)
                    .list());
  }

  public List<JobId> jobs(TestRunId run, Channel channel) {
    return jobs(only(run, channel).id());
  }

  /** As the container's interceptor would have it; what ends a job stands in the job's. */
  private final class Transactional extends MessageDelivery {

    Transactional(NotificationConfig config) {
      super(notifications, channels, comments, config, outbox.queue, outbox.meters, clock);
    }

    @Override
    public Optional<RunMessage> prepare(ProjectId owner, NotificationId id) {
      return database.inTransaction(() -> super.prepare(owner, id));
    }

    @Override
    public void attemptFailed(RunMessage message, String reason) {
      database.inTransaction(() -> super.attemptFailed(message, reason));
    }

    @Override
    public Optional<GithubComments.Comment> comment(ProjectId owner, Target.PullRequest place) {
      return database.inTransaction(() -> super.comment(owner, place));
    }

    @Override
    public PullRequestRuns runs(ProjectId owner, Target.PullRequest place) {
      return database.inTransaction(() -> super.runs(owner, place));
    }

    @Override
    public void commented(RunMessage message, Target.PullRequest place, long commentId) {
      database.inTransaction(() -> super.commented(message, place, commentId));
    }
  }
}
