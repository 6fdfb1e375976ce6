package dev.retrospec.workers.tickets;

import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.tickets.TicketDelivery;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Action;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import dev.retrospec.tickets.TrackerTrials;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a tracker for one thing. Begun again after an answer was lost, it finds the ticket that was
 * made, and leaves a closed one as it is; only a comment may then stand there twice. What the
 * tracker refuses for good is not asked again.
 */
@ApplicationScoped
public class TicketJob implements JobWork {

  private final TicketDelivery delivery;
  private final TrackerTrials trials;
  private final GitHubTracker gitHub;
  private final GitLabTracker gitLab;
  private final JiraTracker jira;
  private final LinearTracker linear;

  @Inject
  public TicketJob(TicketDelivery delivery, TrackerTrials trials, TrackerHttp http) {
    this.delivery = delivery;
    this.trials = trials;
    this.gitHub = new GitHubTracker(http);
    this.gitLab = new GitLabTracker(http);
    this.jira = new JiraTracker(http);
    this.linear = new LinearTracker(http);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketJob() {
    this(null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.TICKET;
  }

  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  @Override
  public Runnable perform(Job job) {
    return TrackerTrials.isTrial(job) ? tryOut(job) : tell(job);
  }

  /** What is wrong is the result; whoever tries does not wait for another attempt. */
  private Runnable tryOut(Job job) {
    Optional<TrackerTrials.Trial> prepared = trials.prepare(job);
    if (prepared.isEmpty()) {
      return () -> {};
    }
    TrackerTrials.Trial trial = prepared.get();
    try {
      boolean isSaid = tracker(trial.access()).check(trial.access());
      return () -> trials.passed(trial, isSaid ? Boolean.TRUE : null);
    } catch (TrackerFailure wrong) {
      return () -> trials.failed(trial, String.valueOf(wrong.getMessage()));
    }
  }

  private Runnable tell(Job job) {
    Optional<TicketRequest> prepared = delivery.prepare(job);
    if (prepared.isEmpty()) {
      return () -> {};
    }
    TicketRequest request = prepared.get();
    try {
      Answer answer = ask(tracker(request.access()), request, job.attempts());
      return () -> delivery.done(request, answer.ticket(), answer.done());
    } catch (TrackerFailure refused) {
      if (!refused.isFinal()) {
        throw refused;
      }
      return () -> delivery.refused(request, String.valueOf(refused.getMessage()));
    }
  }

  private Tracker tracker(TrackerAccess access) {
    return switch (access.kind()) {
      case GITHUB -> gitHub;
      case GITLAB -> gitLab;
      case JIRA -> jira;
      case LINEAR -> linear;
    };
  }

  /**
   * What the tracker answered.
   *
   * @param done null: it knew already
   */
  private record Answer(Ticket ticket, @Nullable Action done) {}

  private static Answer ask(Tracker tracker, TicketRequest request, int attempts) {
    Action wanted = request.action();
    if (wanted == Action.CREATE) {
      Optional<Ticket> made = attempts > 1 ? tracker.made(request) : Optional.empty();
      return new Answer(made.orElseGet(() -> tracker.create(request)), wanted);
    }
    Ticket before = tracker.look(request, Objects.requireNonNull(request.number()));
    return wanted == Action.LOOK
        ? new Answer(before, wanted)
        : tell(tracker, request, before, attempts);
  }

  /**
   * The comment comes last, so that what failed before it does not say it again with each attempt;
   * it is said, too, when the tracker will not close or open the ticket.
   */
  private static Answer tell(Tracker tracker, TicketRequest request, Ticket before, int attempts) {
    Action wanted = request.action();
    boolean mayBeOurs = wanted == Action.CLOSE && attempts > 1;
    if (before.isClosed() && (wanted == Action.COMMENT || wanted == Action.CLOSE) && !mayBeOurs) {
      return new Answer(before, null);
    }
    boolean closes = wanted == Action.CLOSE && !before.isClosed();
    boolean opens = wanted == Action.REOPEN && before.isClosed();
    TrackerFailure refusal = null;
    try {
      if (closes) {
        tracker.close(request, before.number());
      } else if (opens) {
        tracker.reopen(request, before.number());
      }
    } catch (TrackerFailure refused) {
      if (!refused.isFinal()) {
        throw refused;
      }
      refusal = refused;
    }
    tracker.comment(request, before.number());
    if (refusal != null) {
      throw refusal;
    }
    if (closes || opens) {
      return new Answer(new Ticket(before.number(), before.url(), closes), wanted);
    }
    boolean isAboutItsReturn = wanted == Action.REGRESSED || wanted == Action.REOPEN;
    return new Answer(before, isAboutItsReturn ? Action.REGRESSED : Action.COMMENT);
  }
}
