package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TicketLinking;
import dev.retrospec.tickets.TicketView;
import dev.retrospec.tickets.TrackerKind;
import dev.retrospec.tickets.TrackerView;
import dev.retrospec.tickets.Trackers;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tickets of the issue whose page is shown. */
@Named
@RequestScoped
public class IssueTicketsBacking {

  private final Shell shell;
  private final TicketLinking linking;
  private final Trackers trackers;
  private final Notices notices;
  private @Nullable List<TicketView> tickets;
  private @Nullable List<TrackerView> usable;

  @Inject
  public IssueTicketsBacking(
      Shell shell, TicketLinking linking, Trackers trackers, Notices notices) {
    this.shell = shell;
    this.linking = linking;
    this.trackers = trackers;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueTicketsBacking() {
    this(null, null, null, null);
  }

  public List<TicketView> getTickets() {
    if (tickets == null) {
      tickets =
          shell
              .chosenProject()
              .flatMap(project -> shell.item(ClusterKey::new).map(key -> linking.of(project, key)))
              .orElse(List.of());
    }
    return tickets;
  }

  /** Whether an answer of a tracker is waited for. */
  public boolean isWaiting() {
    return getTickets().stream().anyMatch(ticket -> ticket.status().equals("pending"));
  }

  /** Those that have a token. */
  public List<TrackerView> getTrackers() {
    if (usable == null) {
      usable =
          shell
              .chosenProject()
              .map(project -> trackers.of(project).stream().filter(TrackerView::hasToken).toList())
              .orElse(List.of());
    }
    return usable;
  }

  /** What the form sent: a new ticket, the tie to one, or its end. */
  public void change(String here) {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    try {
      ProjectId project =
          shell.chosenProject().orElseThrow(() -> new InvalidRequest("no project is chosen"));
      ClusterKey key =
          shell.item(ClusterKey::new).orElseThrow(() -> new InvalidRequest("no issue is named"));
      change(project, key, Actor.user(shell.getUser()));
    } catch (Failure refused) {
      notices.problem("Not changed: " + refused.getMessage() + ".");
    }
    notices.goTo(here);
  }

  private void change(ProjectId project, ClusterKey key, Actor by) {
    if (!shell.sent("untie").isEmpty()) {
      linking.unlink(project, key, shell.sent("untie"), by);
      notices.done("The ticket is untied. It stays where it is.");
      return;
    }
    TrackerKind kind = TrackerKind.fromWireName(shell.sent("tracker"));
    String reference = shell.sent("ticket").equals("create") ? null : shell.sent("reference");
    if (reference != null && reference.isEmpty()) {
      throw new InvalidRequest("name the ticket: its number or its address");
    }
    linking.link(project, key, kind, reference, by);
    notices.done(
        reference == null
            ? "A ticket is being made in " + kind.label() + "."
            : "The ticket is being looked up in " + kind.label() + ".");
  }
}
