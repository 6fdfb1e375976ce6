package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.triage.Activity;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.tickets.TicketRequest.Action;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes tickets of issues, and ties issues to tickets that exist. The tracker is asked by a job.
 */
@ApplicationScoped
public class TicketLinking {

  /** {@code 12}, {@code #12}, {@code SHOP-12}, or an address that ends with one of them. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:https?://\\S+/|#|!)?([A-Z][A-Z0-9_]*-\\d{1,10}|\\d{1,10})(?:[/?#]\\S*)?");

  private final IssueTickets tickets;
  private final Trackers trackers;
  private final IssueQueries issues;
  private final IssueActivities activities;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public TicketLinking(
      IssueTickets tickets,
      Trackers trackers,
      IssueQueries issues,
      IssueActivities activities,
      JobQueue jobs,
      Clock clock) {
    this.tickets = tickets;
    this.trackers = trackers;
    this.issues = issues;
    this.activities = activities;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketLinking() {
    this(null, null, null, null, null, null);
  }

  /** The tickets of an issue, the oldest first; none for a key that nothing is known of. */
  public List<TicketView> of(ProjectId project, ClusterKey key) {
    return issues
        .find(project, key)
        .map(issue -> tickets.of(project, issue.key()))
        .orElse(List.of());
  }

  /**
   * Has a ticket made, or ties an existing one to the issue.
   *
   * @param reference of an existing ticket: its number, {@code SHOP-12} or its address; null: a new
   *     one
   * @throws NotFound when the project has no such issue
   * @throws InvalidRequest when it has no such tracker, no token for it, or the ticket is tied to
   *     the issue already
   */
  @Transactional
  public TicketView link(
      ProjectId project, ClusterKey key, TrackerKind kind, @Nullable String reference, Actor by) {
    IssueView issue = issues.find(project, key).orElseThrow(() -> new NotFound("Issue"));
    TrackerView tracker =
        trackers
            .find(project, kind)
            .filter(TrackerView::hasToken)
            .orElseThrow(
                () ->
                    new InvalidRequest(
                        kind.label() + " is not set up for this project, or has no token"));
    String number = reference == null || reference.isBlank() ? null : number(kind, reference);
    String id = "tick_" + UUID.randomUUID().toString().replace("-", "");
    if (!tickets.add(id, project, issue.key(), tracker, number, by.name(), clock.instant())) {
      throw new InvalidRequest("the issue has this ticket already");
    }
    activities.add(
        project,
        issue.key(),
        by,
        Activity.of(
            "ticket",
            number == null
                ? "asked for a ticket in " + kind.label()
                : "tied it to " + kind.label() + " " + number),
        clock.instant());
    ask(project, id, number == null ? Action.CREATE : Action.LOOK);
    return tickets.find(project, id).orElseThrow(() -> new NotFound("Ticket")).view();
  }

  /** Forgets the tie; the ticket itself stays as it is. */
  @Transactional
  public void unlink(ProjectId project, ClusterKey key, String id, Actor by) {
    IssueView issue = issues.find(project, key).orElseThrow(() -> new NotFound("Issue"));
    if (!tickets.remove(project, issue.key(), id)) {
      throw new NotFound("Ticket");
    }
    activities.add(
        project, issue.key(), by, Activity.of("ticket", "untied a ticket"), clock.instant());
  }

  /** In the caller's transaction. */
  void ask(ProjectId project, String id, Action action) {
    String what = "{\"action\":\"" + action.name() + "\"}";
    jobs.enqueue(
        NewJob.about(JobKind.TICKET, project, id, what, List.of(id, action, clock.instant())));
  }

  private static String number(TrackerKind kind, String reference) {
    Matcher matcher = REFERENCE.matcher(reference.strip());
    if (matcher.matches()) {
      String number = matcher.group(1);
      boolean isName = number.indexOf('-') > 0;
      if (isName == (kind == TrackerKind.JIRA || kind == TrackerKind.LINEAR)) {
        return number;
      }
    }
    throw new InvalidRequest(
        "ticket must be a number (GitHub, GitLab), a key such as SHOP-12 (Jira, Linear), or the"
            + " ticket's address");
  }
}
