package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.tickets.TicketRequest.Action;
import dev.retrospec.tickets.TicketWebhook.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * Keeps issues and tickets in step. What one side already knows is not told to it again, so that
 * the two never answer each other for ever.
 */
@ApplicationScoped
public class TicketSync {

  private final IssueTickets tickets;
  private final Trackers trackers;
  private final TicketLinking linking;
  private final IssueTriage triage;
  private final IssueQueries issues;

  @Inject
  public TicketSync(
      IssueTickets tickets,
      Trackers trackers,
      TicketLinking linking,
      IssueTriage triage,
      IssueQueries issues) {
    this.tickets = tickets;
    this.trackers = trackers;
    this.linking = linking;
    this.triage = triage;
    this.issues = issues;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketSync() {
    this(null, null, null, null, null);
  }

  /** Tells the open tickets of an issue that has been resolved. */
  void resolved(@Observes IssueResolved event) {
    for (TicketView ticket : tickets.of(event.projectId(), event.key())) {
      if (!ticket.isClosed() && ticket.status().equals("linked")) {
        ask(event.projectId(), ticket, Action.CLOSE, Action.COMMENT);
      }
    }
  }

  /** Tells the tickets of an issue that has come back, and opens those again that it closes. */
  void regressed(@Observes IssueRegressed event) {
    for (TicketView ticket : tickets.of(event.projectId(), event.key())) {
      if (ticket.status().equals("linked")) {
        ask(event.projectId(), ticket, Action.REOPEN, Action.REGRESSED);
      }
    }
  }

  private void ask(ProjectId project, TicketView ticket, Action ifItCloses, Action ifItOnlyTells) {
    trackers
        .find(project, ticket.provider())
        .filter(TrackerView::hasToken)
        .ifPresent(
            tracker ->
                linking.ask(
                    project,
                    ticket.id(),
                    tracker.resolvedIssueCloses() ? ifItCloses : ifItOnlyTells));
  }

  /** What signs a tracker's messages; empty: it may send none. */
  public Optional<String> webhookSecret(ProjectId project, TrackerKind kind) {
    return trackers.webhookSecret(project, kind);
  }

  /** A tracker told where a ticket stands; its signature has been checked. May be repeated. */
  @Transactional
  public void told(ProjectId project, TrackerKind kind, Told told) {
    TrackerView tracker = trackers.find(project, kind).orElse(null);
    if (tracker == null) {
      return; // taken away meanwhile
    }
    for (ClusterKey key :
        tickets.changeState(project, tracker, told.place(), told.number(), told.isClosed())) {
      if (tracker.closedTicketResolves()) {
        decide(project, key, kind, told);
      }
    }
  }

  /** A ticket that was given up mends nothing; of an issue that has expired nothing is decided. */
  private void decide(ProjectId project, ClusterKey key, TrackerKind kind, Told told) {
    Optional<IssueView> issue = issues.cluster(project, key);
    if (issue.isEmpty() || (told.isClosed() && !told.isDone())) {
      return;
    }
    boolean isResolved = issue.get().state() == TriageState.RESOLVED;
    if (isResolved != told.isClosed()) {
      triage.change(
          project,
          key,
          new TriageChange(
              told.isClosed() ? TriageState.RESOLVED : TriageState.OPEN,
              null,
              null,
              null,
              null,
              null),
          Actor.key(kind.label() + " " + told.number()));
    }
  }
}
