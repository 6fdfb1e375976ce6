package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Activity;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes tickets of issues, and ties issues to tickets that exist. The tracker is asked by a job.
 */
@ApplicationScoped
public class TicketLinking {

  /** Longer than any address of a ticket. */
  private static final int MAX_REFERENCE = 500;

  /** {@code 12}, {@code #12}, or {@code SHOP-12}. */
  private static final Pattern NAME = Pattern.compile("#?([A-Z][A-Z0-9_]*-\\d{1,10}|\\d{1,10})");

  /**
   * Host, path, and number of a ticket's page: {@code …/owner/repository/issues/12}, {@code
   * …/group/project/-/issues/12}, {@code …/browse/SHOP-12}, {@code …/team/issue/ENG-12/title}.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://([^/\\s]+)([^\\s?#]*?)/(?:issues?|work_items|browse)"
              + "/([A-Z][A-Z0-9_]*-\\d{1,10}|\\d{1,10})(?:[/?#]\\S*)?");

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
    String number = reference == null || reference.isBlank() ? null : number(tracker, reference);
    boolean isBeingMade =
        tickets.of(project, issue.key()).stream()
            .anyMatch(
                one ->
                    one.provider() == kind
                        && one.number() == null
                        && one.status().equals("pending"));
    if (number == null && isBeingMade) {
      throw new InvalidRequest("a ticket is being made already"); // somebody pressed twice
    }
    String id = "tick_" + UUID.randomUUID().toString().replace("-", "");
    boolean isResolved = issue.state() == TriageState.RESOLVED;
    if (!tickets.add(
        id, project, issue.key(), tracker, number, isResolved, by.name(), clock.instant())) {
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
    ask(project, id, number == null ? TicketErrand.CREATE : TicketErrand.LOOK);
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
  void ask(ProjectId project, String id, TicketErrand errand) {
    jobs.enqueue(
        NewJob.about(
            JobKind.TICKET, project, id, errand.payload(), List.of(errand, UUID.randomUUID())));
  }

  private static String number(TrackerView tracker, String reference) {
    String told = reference.strip();
    Matcher address = ADDRESS.matcher(told);
    boolean isAddress = told.length() <= MAX_REFERENCE && address.matches();
    Matcher name = NAME.matcher(isAddress ? address.group(3) : told);
    TrackerKind kind = tracker.provider();
    if (told.length() > MAX_REFERENCE
        || !name.matches()
        || (name.group(1).indexOf('-') > 0)
            != (kind == TrackerKind.JIRA || kind == TrackerKind.LINEAR)) {
      throw new InvalidRequest(
          "ticket must be a number (GitHub, GitLab), a key such as SHOP-12 (Jira, Linear), or the"
              + " ticket's address");
    }
    String number = name.group(1);
    if ((isAddress && !isOf(tracker, address.group(1), address.group(2)))
        || (kind == TrackerKind.JIRA && !number.startsWith(tracker.place() + "-"))) {
      throw new InvalidRequest(
          "the ticket is not one of "
              + tracker.place()
              + ", which is the project's place in "
              + kind.label());
    }
    return number;
  }

  /** Because the number of another place's ticket is one of ours, too: a wrong one. */
  private static boolean isOf(TrackerView tracker, String host, String path) {
    URI server = URI.create(tracker.server());
    String ours = server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort());
    return switch (tracker.provider()) {
      case GITHUB ->
          host.equalsIgnoreCase(ours.replaceFirst("^api\\.", ""))
              && path.equalsIgnoreCase("/" + tracker.place());
      case GITLAB ->
          host.equalsIgnoreCase(ours)
              && path.toLowerCase(Locale.ROOT)
                  .replaceFirst("/-$", "")
                  .equals((server.getPath() + "/" + tracker.place()).toLowerCase(Locale.ROOT));
      case JIRA -> host.equalsIgnoreCase(ours);
      case LINEAR -> true; // a team's id does not show in its tickets' addresses
    };
  }
}
