package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues of GitHub, by its REST interface of 2022-11-28. */
final class GitHubTracker implements Tracker {

  private final TrackerHttp http;

  GitHubTracker(TrackerHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Ticket> made(TicketRequest request) {
    for (JsonNode issue :
        call(request, "GET", "?state=all&sort=created&direction=desc&per_page=30", null)) {
      if (issue.path("body").asText().contains(request.mark())) {
        return Optional.of(ticket(issue));
      }
    }
    return Optional.empty();
  }

  @Override
  public Ticket create(TicketRequest request) {
    return ticket(
        call(request, "POST", "", Map.of("title", request.title(), "body", request.text())));
  }

  @Override
  public Ticket look(TicketRequest request, String number) {
    JsonNode issue = call(request, "GET", "/" + number, null);
    if (issue.hasNonNull("pull_request")) {
      throw TrackerFailure.unfit(
          "GitHub", number + " is a pull request"); // else it would be closed
    }
    return ticket(issue);
  }

  @Override
  public void comment(TicketRequest request, String number) {
    call(request, "POST", "/" + number + "/comments", Map.of("body", request.text()));
  }

  @Override
  public void close(TicketRequest request, String number) {
    call(request, "PATCH", "/" + number, Map.of("state", "closed", "state_reason", "completed"));
  }

  @Override
  public void reopen(TicketRequest request, String number) {
    call(request, "PATCH", "/" + number, Map.of("state", "open"));
  }

  /** Whether the token may write, GitHub tells only whoever writes. */
  @Override
  public void check(TrackerAccess access) {
    JsonNode repository = call(access, "GET", "", null);
    if (repository.path("archived").asBoolean()) {
      throw TrackerFailure.unfit("GitHub", access.place() + " is archived");
    }
    if (repository.hasNonNull("has_issues") && !repository.path("has_issues").asBoolean()) {
      throw TrackerFailure.unfit("GitHub", "issues are turned off in " + access.place());
    }
    call(access, "GET", "/issues?per_page=1", null);
  }

  private JsonNode call(TicketRequest request, String method, String rest, @Nullable Object body) {
    return call(request.access(), method, "/issues" + rest, body);
  }

  private JsonNode call(TrackerAccess access, String method, String rest, @Nullable Object body) {
    return http.call(
        access,
        method,
        "/repos/" + access.place() + rest,
        Map.of(
            "Accept", "application/vnd.github+json",
            "X-GitHub-Api-Version", "2022-11-28",
            "Authorization", "Bearer " + access.token()),
        body);
  }

  private static Ticket ticket(JsonNode issue) {
    if (!issue.path("number").isInt()) {
      throw TrackerFailure.misunderstood("GitHub");
    }
    return new Ticket(
        issue.path("number").asText(),
        issue.path("html_url").asText(),
        issue.path("state").asText().equals("closed"));
  }
}
