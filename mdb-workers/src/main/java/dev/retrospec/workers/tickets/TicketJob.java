package dev.retrospec.workers.tickets;

import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.tickets.TicketDelivery;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Action;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks a tracker for one thing. Begun again after an answer was lost, it finds the ticket that was
 * made, and leaves a closed one as it is; only a comment may then stand there twice.
 */
@ApplicationScoped
public class TicketJob implements JobWork {

  private final TicketDelivery delivery;
  private final GitHubTracker gitHub;
  private final GitLabTracker gitLab;
  private final JiraTracker jira;
  private final LinearTracker linear;

  @Inject
  public TicketJob(TicketDelivery delivery, TrackerHttp http) {
    this.delivery = delivery;
    this.gitHub = new GitHubTracker(http);
    this.gitLab = new GitLabTracker(http);
    this.jira = new JiraTracker(http);
    this.linear = new LinearTracker(http);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketJob() {
    this(null, null);
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
    Optional<TicketRequest> prepared = delivery.prepare(job);
    if (prepared.isEmpty()) {
      return () -> {};
    }
    TicketRequest request = prepared.get();
    Ticket ticket = ask(tracker(request), request, job.attempts());
    return () -> delivery.done(request, ticket);
  }

  private Tracker tracker(TicketRequest request) {
    return switch (request.access().kind()) {
      case GITHUB -> gitHub;
      case GITLAB -> gitLab;
      case JIRA -> jira;
      case LINEAR -> linear;
    };
  }

  private static Ticket ask(Tracker tracker, TicketRequest request, int attempts) {
    if (request.action() == Action.CREATE) {
      Optional<Ticket> made = attempts > 1 ? tracker.made(request) : Optional.empty();
      return made.orElseGet(() -> tracker.create(request));
    }
    String number = Objects.requireNonNull(request.number());
    Ticket before = tracker.look(request, number);
    if (request.action() == Action.LOOK || before.isClosed()) {
      return before;
    }
    tracker.comment(request, number);
    if (request.action() == Action.CLOSE) {
      tracker.close(request, number);
      return new Ticket(before.number(), before.url(), true);
    }
    return before;
  }
}
