package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
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
    return ticket(call(request, "GET", "/" + number, null));
  }

  @Override
  public void comment(TicketRequest request, String number) {
    call(request, "POST", "/" + number + "/comments", Map.of("body", request.text()));
  }

  @Override
  public void close(TicketRequest request, String number) {
    call(request, "PATCH", "/" + number, Map.of("state", "closed", "state_reason", "completed"));
  }

  private JsonNode call(TicketRequest request, String method, String rest, @Nullable Object body) {
    return http.call(
        request.access(),
        method,
        "/repos/" + request.access().place() + "/issues" + rest,
        Map.of(
            "Accept", "application/vnd.github+json",
            "X-GitHub-Api-Version", "2022-11-28",
            "Authorization", "Bearer " + request.access().token()),
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
