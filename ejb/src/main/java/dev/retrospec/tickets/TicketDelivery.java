package dev.retrospec.tickets;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Activity;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.tickets.IssueTickets.Stored;
import dev.retrospec.tickets.TicketRequest.Action;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the worker that speaks to trackers asks and tells: {@link #prepare} before the request,
 * {@link #done} in the transaction that ends the job.
 *
 * <p>One job at a time tells a ticket something, on whichever node. It tells where the issue stands
 * when it begins; when it ends it looks whether that is still so, and asks for another job if not.
 * So a job that finds another at work has nothing to do.
 */
@ApplicationScoped
public class TicketDelivery {

  /** More than all requests of a telling take together; a dead node's job is told again before. */
  private static final Duration TURN = Duration.ofMinutes(10);

  /** So long a tracker's search may not know of a ticket. */
  private static final Duration SEEN_AFTER = Duration.ofMinutes(1);

  private final IssueTickets tickets;
  private final TicketTellings tellings;
  private final Trackers trackers;
  private final TicketLinking linking;
  private final IssueQueries issues;
  private final IssueActivities activities;
  private final TicketTexts texts;
  private final Clock clock;

  @Inject
  public TicketDelivery(
      IssueTickets tickets,
      TicketTellings tellings,
      Trackers trackers,
      TicketLinking linking,
      IssueQueries issues,
      IssueActivities activities,
      TicketConfig config,
      Clock clock) {
    this.tickets = tickets;
    this.tellings = tellings;
    this.trackers = trackers;
    this.linking = linking;
    this.issues = issues;
    this.activities = activities;
    this.texts = new TicketTexts(config.publicUrl());
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketDelivery() {
    this.tickets = null;
    this.tellings = null;
    this.trackers = null;
    this.linking = null;
    this.issues = null;
    this.activities = null;
    this.texts = null;
    this.clock = null;
  }

  /**
   * Empty when there is nothing to do any more: the tie or the issue is gone, the ticket knows, or
   * another job is telling it; or the tracker is gone, which the ticket then says.
   */
  @Transactional
  public Optional<TicketRequest> prepare(Job job) {
    ProjectId project = job.projectId();
    Instant now = clock.instant();
    // The issue is read when the ticket is ours: what comes later finds us at work.
    Optional<Stored> stored = tickets.lock(project, job.subject());
    Optional<IssueView> issue = stored.flatMap(one -> issues.cluster(project, one.key()));
    if (stored.isEmpty() || issue.isEmpty()) {
      return Optional.empty();
    }
    TicketView ticket = stored.get().view();
    Optional<Action> action = action(job, stored.get(), issue.get(), now);
    if (action.isEmpty()) {
      yieldTurn(job, stored.get());
      return Optional.empty();
    }
    Optional<TrackerAccess> access = trackers.access(project, ticket.provider());
    if (access.isEmpty() || !isOn(access.get(), stored.get().server())) {
      String label = ticket.provider().label();
      tickets.failed(
          project,
          ticket.id(),
          access.isEmpty()
              ? label + " is not set up for this project any more, or has no token"
              : "the ticket is on another server than the project's " + label + " now");
      yieldTurn(job, stored.get());
      return Optional.empty();
    }
    if (action.get().tells()) {
      tellings.begin(project, ticket.id(), new Telling(action.get(), job.id(), now.plus(TURN)));
    }
    return Optional.of(
        new TicketRequest(
            project,
            ticket.id(),
            job.id(),
            action.get(),
            access.get().at(stored.get().place()),
            ticket.number(),
            texts.title(issue.get()),
            action.get() == Action.CREATE
                ? texts.description(issue.get(), ticket.id())
                : texts.comment(issue.get()),
            action.get() == Action.CREATE && !tellings.makes(project, ticket.id(), now, SEEN_AFTER),
            texts.mark(ticket.id())));
  }

  /** Of an earlier attempt, so that no other job waits for it. */
  private void yieldTurn(Job job, Stored stored) {
    if (stored.isToldBy(job.id())) {
      tellings.settle(job.projectId(), job.subject(), job.id(), null);
    }
  }

  /** Empty when it has been done, or another job does it. */
  private Optional<Action> action(Job job, Stored stored, IssueView issue, Instant now) {
    TicketView ticket = stored.view();
    boolean isMade = ticket.number() != null;
    return switch (TicketErrand.of(job)) {
      case CREATE -> isMade ? Optional.empty() : Optional.of(Action.CREATE);
      case LOOK -> isMade ? Optional.of(Action.LOOK) : Optional.empty();
      case TELL -> {
        Telling other = stored.telling();
        boolean isOthers =
            other != null && !stored.isToldBy(job.id()) && other.until().isAfter(now);
        yield isOthers || !ticket.status().equals("linked")
            ? Optional.empty()
            : toTell(issue)
                .filter(isResolved -> other != null || !stored.agrees(isResolved))
                .map(isResolved -> telling(job.projectId(), ticket, isResolved));
      }
    };
  }

  private Action telling(ProjectId project, TicketView ticket, boolean isResolved) {
    boolean closes =
        trackers
            .find(project, ticket.provider())
            .map(TrackerView::resolvedIssueCloses)
            .orElse(false);
    return isResolved
        ? (closes ? Action.CLOSE : Action.COMMENT)
        : (closes ? Action.REOPEN : Action.REGRESSED);
  }

  /** Whether the ticket is to be told that it is resolved; empty: a mute is nobody else's. */
  private static Optional<Boolean> toTell(IssueView issue) {
    return issue.state() == TriageState.MUTED
        ? Optional.empty()
        : Optional.of(issue.state() == TriageState.RESOLVED);
  }

  /** Because the same number is another ticket there. */
  private static boolean isOn(TrackerAccess access, @Nullable String server) {
    return server == null || server.equals(access.server().toString());
  }

  /**
   * The tracker has answered.
   *
   * @param done what was done there; null: nothing, because it knew already
   */
  @Transactional
  public void done(TicketRequest request, TicketRequest.Ticket ticket, @Nullable Action done) {
    Optional<Stored> stored = tickets.lock(request.projectId(), request.ticketId());
    if (stored.isEmpty()) {
      return;
    }
    tickets.linked(request.projectId(), request.ticketId(), ticket);
    settle(request);
    lookAgain(request.projectId(), request.ticketId());
    if (done == null) {
      return;
    }
    String name = request.access().kind().label() + " " + ticket.number();
    String what =
        switch (done) {
          case CREATE -> "made the ticket " + name;
          case LOOK -> "found the ticket " + name;
          case COMMENT -> "told " + name + " that it is resolved";
          case CLOSE -> "closed " + name;
          case REGRESSED -> "told " + name + " that it is back";
          case REOPEN -> "opened " + name + " again";
        };
    activities.add(
        request.projectId(),
        stored.get().key(),
        Actor.SYSTEM,
        Activity.of("ticket", what),
        clock.instant());
  }

  /** The tracker will not do it, however often it is asked. */
  @Transactional
  public void refused(TicketRequest request, String problem) {
    tickets.lock(request.projectId(), request.ticketId());
    tickets.failed(request.projectId(), request.ticketId(), problem);
    settle(request);
    lookAgain(request.projectId(), request.ticketId());
  }

  private void settle(TicketRequest request) {
    if (request.action().tells()) {
      tellings.settle(
          request.projectId(), request.ticketId(), request.job(), request.action().saysResolved());
    }
  }

  /** Whether the issue went on meanwhile: who noticed that has left it to us. */
  private void lookAgain(ProjectId project, String id) {
    tickets
        .find(project, id)
        .filter(stored -> stored.view().status().equals("linked"))
        .filter(
            stored ->
                issues
                    .cluster(project, stored.key())
                    .flatMap(TicketDelivery::toTell)
                    .filter(isResolved -> !stored.agrees(isResolved))
                    .isPresent())
        .ifPresent(stored -> linking.ask(project, id, TicketErrand.TELL));
  }

  void givenUp(@Observes JobGivenUp event) {
    Job job = event.job();
    if (job.kind() != JobKind.TICKET || TrackerTrials.isTrial(job)) {
      return;
    }
    ProjectId project = job.projectId();
    Telling telling =
        tickets
            .lock(project, job.subject())
            .filter(stored -> stored.isToldBy(job.id()))
            .map(Stored::telling)
            .orElse(null);
    tickets.failed(project, job.subject(), event.reason());
    if (telling != null) {
      // Taken for told: else it would be asked for again at once, which has just been given up.
      tellings.settle(project, job.subject(), job.id(), telling.action().saysResolved());
      lookAgain(project, job.subject());
    }
  }
}
