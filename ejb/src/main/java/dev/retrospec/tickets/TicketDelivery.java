package dev.retrospec.tickets;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.retrospec.platform.json.Json;
import dev.retrospec.tickets.TicketRequest.Action;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the worker that speaks to trackers asks and tells: {@link #prepare} before the request,
 * {@link #done} in the transaction that ends the job.
 */
@ApplicationScoped
public class TicketDelivery {

  private static final int MAX_TITLE = 200;

  private final IssueTickets tickets;
  private final Trackers trackers;
  private final IssueQueries issues;
  private final IssueActivities activities;
  private final TicketConfig config;
  private final Clock clock;

  @Inject
  public TicketDelivery(
      IssueTickets tickets,
      Trackers trackers,
      IssueQueries issues,
      IssueActivities activities,
      TicketConfig config,
      Clock clock) {
    this.tickets = tickets;
    this.trackers = trackers;
    this.issues = issues;
    this.activities = activities;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketDelivery() {
    this(null, null, null, null, null, null);
  }

  /**
   * Empty when there is nothing to do any more: the tie or the issue is gone, the issue has changed
   * since, or the tracker is gone, which the ticket then tells.
   */
  @Transactional
  public Optional<TicketRequest> prepare(Job job) {
    Action action =
        Action.valueOf(Json.read(job.payload(), JsonNode.class).path("action").asText());
    ProjectId project = job.projectId();
    Optional<IssueTickets.Stored> stored = tickets.find(project, job.subject());
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    TicketView ticket = stored.get().view();
    boolean isMade = ticket.number() != null;
    Optional<TrackerAccess> access = trackers.access(project, ticket.provider());
    Optional<IssueView> issue = issues.cluster(project, stored.get().key());
    // A second attempt after the first one's result was written.
    boolean isDone = action == Action.CREATE ? isMade : !isMade;
    if (issue.isEmpty() || isDone || !isTrueOf(issue.get(), action)) {
      return Optional.empty();
    }
    if (access.isEmpty() || !isOn(access.get(), stored.get().server())) {
      String label = ticket.provider().label();
      tickets.failed(
          project,
          ticket.id(),
          access.isEmpty()
              ? label + " is not set up for this project any more, or has no token"
              : "the ticket is on another server than the project's " + label + " now");
      return Optional.empty();
    }
    return Optional.of(
        new TicketRequest(
            project,
            ticket.id(),
            action,
            access.get().at(stored.get().place()),
            ticket.number(),
            title(issue.get()),
            text(action, issue.get(), ticket.id()),
            mark(ticket.id())));
  }

  /**
   * Each job has pauses of its own, so that what was asked for first may come last: a ticket that
   * is closed after its issue came back would resolve the issue, and hide what is seen again.
   */
  private static boolean isTrueOf(IssueView issue, Action action) {
    boolean isResolved = issue.state() == TriageState.RESOLVED;
    return switch (action) {
      case CREATE, LOOK -> true;
      case COMMENT, CLOSE -> isResolved;
      case REGRESSED, REOPEN -> !isResolved;
    };
  }

  /** Because the same number is another ticket there. */
  private static boolean isOn(TrackerAccess access, @Nullable String server) {
    return server == null || server.equals(access.server().toString());
  }

  private String text(Action action, IssueView issue, String id) {
    return switch (action) {
      case CREATE -> description(issue, id);
      case LOOK, COMMENT, CLOSE -> resolved(issue);
      case REGRESSED, REOPEN -> regressed(issue);
    };
  }

  /**
   * The tracker has answered.
   *
   * @param done what was done there; null: nothing, because it knew already
   */
  @Transactional
  public void done(TicketRequest request, TicketRequest.Ticket ticket, @Nullable Action done) {
    Optional<IssueTickets.Stored> stored = tickets.find(request.projectId(), request.ticketId());
    if (stored.isEmpty()) {
      return;
    }
    tickets.linked(request.projectId(), request.ticketId(), ticket);
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
    tickets.failed(request.projectId(), request.ticketId(), problem);
  }

  void givenUp(@Observes JobGivenUp event) {
    if (event.job().kind() == JobKind.TICKET && !TrackerTrials.isTrial(event.job())) {
      tickets.failed(event.job().projectId(), event.job().subject(), event.reason());
    }
  }

  private static String title(IssueView issue) {
    String title = issue.symptom().replaceAll("\\s+", " ").strip();
    return title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE - 1) + "…" : title;
  }

  /** What visitors' pages said stands in a code block, so that it is text wherever it is shown. */
  private String description(IssueView issue, String id) {
    StringBuilder text = new StringBuilder();
    text.append("```\n").append(issue.symptom().replace("```", "'''")).append("\n```\n\n");
    text.append("Seen in ")
        .append(issue.sessionCount())
        .append(issue.sessionCount() == 1 ? " session by " : " sessions by ")
        .append(issue.userCount())
        .append(issue.userCount() == 1 ? " user" : " users")
        .append(" on `")
        .append(issue.route().replace("`", "'"))
        .append("`.\n\n");
    page(issue)
        .ifPresent(url -> text.append("Sessions, replay and trend: ").append(url).append("\n\n"));
    return text.append(mark(id)).toString();
  }

  private String regressed(IssueView issue) {
    return "The issue was seen again after it was resolved in RetroSpec."
        + page(issue).map(url -> " " + url).orElse("");
  }

  private String resolved(IssueView issue) {
    String in =
        issue.resolvedInRelease() == null
            ? ""
            : " in `" + issue.resolvedInRelease().replace("`", "'") + "`";
    return "The issue is resolved"
        + in
        + " in RetroSpec."
        + page(issue).map(url -> " " + url).orElse("");
  }

  private Optional<String> page(IssueView issue) {
    return config
        .publicUrl()
        .map(
            url ->
                url
                    + "/admin/issues/"
                    + issue.key().value()
                    + "?project="
                    + Objects.requireNonNull(issue.projectId()).value());
  }

  private static String mark(String id) {
    return "RetroSpec: " + id;
  }
}
