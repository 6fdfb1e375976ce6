package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues of GitLab, by version 4 of its REST interface. */
final class GitLabTracker implements Tracker {

  private final TrackerHttp http;

  GitLabTracker(TrackerHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Ticket> made(TicketRequest request) {
    for (JsonNode issue :
        call(request, "GET", "?scope=all&order_by=created_at&sort=desc&per_page=30", null)) {
      if (issue.path("description").asText().contains(request.mark())) {
        return Optional.of(ticket(issue));
      }
    }
    return Optional.empty();
  }

  @Override
  public Ticket create(TicketRequest request) {
    return ticket(
        call(request, "POST", "", Map.of("title", request.title(), "description", request.text())));
  }

  @Override
  public Ticket look(TicketRequest request, String number) {
    return ticket(call(request, "GET", "/" + number, null));
  }

  @Override
  public void comment(TicketRequest request, String number) {
    call(request, "POST", "/" + number + "/notes", Map.of("body", request.text()));
  }

  @Override
  public void close(TicketRequest request, String number) {
    call(request, "PUT", "/" + number, Map.of("state_event", "close"));
  }

  @Override
  public void reopen(TicketRequest request, String number) {
    call(request, "PUT", "/" + number, Map.of("state_event", "reopen"));
  }

  @Override
  public void check(TrackerAccess access) {
    JsonNode project = call(access, "GET", "", null);
    if (project.path("archived").asBoolean()) {
      throw TrackerFailure.unfit("GitLab", access.place() + " is archived");
    }
    if (project.path("issues_access_level").asText().equals("disabled")) {
      throw TrackerFailure.unfit("GitLab", "issues are turned off in " + access.place());
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
        "/api/v4/projects/" + URLEncoder.encode(access.place(), StandardCharsets.UTF_8) + rest,
        Map.of("PRIVATE-TOKEN", access.token()),
        body);
  }

  private static Ticket ticket(JsonNode issue) {
    if (!issue.path("iid").isInt()) {
      throw TrackerFailure.misunderstood("GitLab");
    }
    return new Ticket(
        issue.path("iid").asText(),
        issue.path("web_url").asText(),
        issue.path("state").asText().equals("closed"));
  }
}
