package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueMuteEnded;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueReopened;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.tickets.TicketWebhook.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/**
 * Keeps issues and tickets in step. What one side already knows is not told to it again, so that
 * the two never answer each other for ever.
 */
@ApplicationScoped
public class TicketSync {

  private final IssueTickets tickets;
  private final TicketTellings tellings;
  private final Trackers trackers;
  private final TicketLinking linking;
  private final IssueTriage triage;
  private final IssueQueries issues;
  private final Clock clock;

  @Inject
  public TicketSync(
      IssueTickets tickets,
      TicketTellings tellings,
      Trackers trackers,
      TicketLinking linking,
      IssueTriage triage,
      IssueQueries issues,
      Clock clock) {
    this.tickets = tickets;
    this.tellings = tellings;
    this.trackers = trackers;
    this.linking = linking;
    this.triage = triage;
    this.issues = issues;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketSync() {
    this(null, null, null, null, null, null, null);
  }

  void resolved(@Observes IssueResolved event) {
    tell(event.projectId(), event.key(), true);
  }

  void regressed(@Observes IssueRegressed event) {
    tell(event.projectId(), event.key(), false);
  }

  void reopened(@Observes IssueReopened event) {
    tell(event.projectId(), event.key(), false);
  }

  void muteEnded(@Observes IssueMuteEnded event) {
    tell(event.projectId(), event.key(), false);
  }

  /** Has the tickets told that may not know. A closed one is opened only where issues close it. */
  private void tell(ProjectId project, ClusterKey key, boolean isResolved) {
    for (IssueTickets.Stored stored : tickets.storedOf(project, key)) {
      TicketView ticket = stored.view();
      if (ticket.status().equals("linked")
          && !stored.agrees(isResolved)
          && trackers.find(project, ticket.provider()).filter(TrackerView::hasToken).isPresent()) {
        linking.ask(project, ticket.id(), TicketErrand.TELL);
      }
    }
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
    // What is given up mends nothing.
    boolean decides = tracker.closedTicketResolves() && (!told.isClosed() || told.isDone());
    for (TicketTellings.Changed changed :
        tellings.changeState(project, tracker, told, decides, clock.instant())) {
      if (decides && !changed.isOurs()) {
        decide(project, changed.key(), kind, told);
      }
    }
  }

  /** Of an issue that has expired nothing is decided. */
  private void decide(ProjectId project, ClusterKey key, TrackerKind kind, Told told) {
    Optional<IssueView> issue = issues.cluster(project, key);
    if (issue.isEmpty()) {
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
