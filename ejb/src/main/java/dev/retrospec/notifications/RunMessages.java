package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.notifications.RunReport.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the messages about a run: one row and one job for each channel that is set up.
 *
 * <p>May be asked again for the same run, with more known about it (an analysis): what waits is
 * told with the new words, what failed is tried again, the comment and the Gist are changed, and
 * whoever has been told by Slack, e-mail or webhook is not told twice. A run that passed speaks
 * only where a failure was told before, of an older commit or the same job: in the comment of its
 * pull request.
 */
@ApplicationScoped
public class RunMessages {

  /** The Gist first: the others point to it. */
  private static final List<Channel> TOLD_AFTER_THE_GIST =
      List.of(Channel.SLACK, Channel.GITHUB, Channel.EMAIL, Channel.WEBHOOK);

  private final Notifications notifications;
  private final NotificationChannels channels;
  private final GithubComments comments;
  private final NotificationConfig config;
  private final JobQueue jobs;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public RunMessages(
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
  protected RunMessages() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * Takes part in the caller's transaction, or begins one.
   *
   * @param report is redacted and bounded here
   * @return the run's messages as they are now; empty when no channel is set up
   */
  @Transactional
  public List<NotificationView> request(ProjectId project, RunReport report) {
    RunReport given = StorableReport.of(report);
    RunReport told =
        notifications.latest(project, report.runId()).map(given::filledFrom).orElse(given);
    TargetPolicy policy = new TargetPolicy(project, config, channels.of(project));
    Instant now = clock.instant();
    List<NewJob> wanted = new ArrayList<>();
    boolean gistIsOnItsWay = false;
    if (isWorthAGist(policy, told)) {
      Optional<Notifications.Due> gist =
          notifications.want(project, Channel.GIST, told, false, now);
      gist.ifPresent(due -> wanted.add(job(project, due)));
      gistIsOnItsWay = gist.isPresent();
    }
    for (Channel channel : TOLD_AFTER_THE_GIST) {
      Optional<Target> target = policy.target(channel, told);
      if (target.isEmpty() || !isNews(project, told, target.get())) {
        continue;
      }
      boolean waits = gistIsOnItsWay && (channel == Channel.SLACK || channel == Channel.GITHUB);
      // The comment is made of all runs of its pull request, which are found by the repository.
      RunReport words =
          target.get() instanceof Target.PullRequest place ? told.in(place.repository()) : told;
      Optional<Notifications.Due> due = notifications.want(project, channel, words, waits, now);
      if (due.isPresent()) {
        count(channel);
        if (!waits) {
          wanted.add(job(project, due.get()));
        }
      }
    }
    jobs.enqueueAll(wanted);
    return notifications.ofRun(project, told.runId());
  }

  private static boolean isWorthAGist(TargetPolicy policy, RunReport report) {
    return report.outcome() == Outcome.FAILED
        && report.isLong()
        && policy.target(Channel.GIST, report).isPresent()
        && (policy.target(Channel.SLACK, report).isPresent()
            || policy.target(Channel.GITHUB, report).isPresent());
  }

  private boolean isNews(ProjectId project, RunReport report, Target target) {
    return report.outcome() == Outcome.FAILED
        || (target instanceof Target.PullRequest place && isNews(project, report, place));
  }

  /** A run that passed is news where the same job, or any of an older commit, was told. */
  private boolean isNews(ProjectId project, RunReport report, Target.PullRequest place) {
    RunReport.Origin origin = report.origin();
    return comments
        .find(project, place)
        .filter(
            told ->
                !origin.commitHash().equals(told.commitHash())
                    || (origin.job() != null
                        && notifications.runs(project, place).newest().stream()
                            .anyMatch(run -> origin.job().equals(run.report().origin().job()))))
        .isPresent();
  }

  static NewJob job(ProjectId project, Notifications.Due due) {
    NotificationId id = due.id();
    return NewJob.about(
        JobKind.RUN_MESSAGE, project, id.value(), "{}", List.of(id.value(), due.revision()));
  }

  private void count(Channel channel) {
    meters
        .counter("retrospec.notifications", "channel", channel.wireName(), "outcome", "requested")
        .increment();
  }
}
