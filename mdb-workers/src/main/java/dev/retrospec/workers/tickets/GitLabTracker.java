package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Issues of GitLab, by version 4 of its REST interface. */
final class GitLabTracker implements Tracker {

  private static final String API = "/api/v4";

  // GitLab's own numbers of roles.
  private static final int GUEST = 10;
  private static final int PLANNER = 15;

  private final TrackerHttp http;

  GitLabTracker(TrackerHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Ticket> made(TicketRequest request) {
    for (JsonNode issue :
        call(request, "GET", "?scope=all&in=description&search=" + request.ticketId(), null)) {
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

  /**
   * The project names the role of the token's owner, and the token its scopes; a GitLab that knows
   * no such question says nothing of them.
   */
  @Override
  public boolean check(TrackerAccess access) {
    JsonNode project = call(access, "GET", "", null);
    if (project.path("archived").asBoolean()) {
      throw TrackerFailure.unfit("GitLab", access.place() + " is archived");
    }
    if (project.path("issues_access_level").asText().equals("disabled")) {
      throw TrackerFailure.unfit("GitLab", "issues are turned off in " + access.place());
    }
    call(access, "GET", "/issues?per_page=1", null);
    JsonNode may = project.path("permissions");
    if (!may.isObject()) {
      return false;
    }
    int role =
        Math.max(
            may.path("project_access").path("access_level").asInt(),
            may.path("group_access").path("access_level").asInt());
    if (role < PLANNER) {
      throw TrackerFailure.unfit(
          "GitLab",
          "the token has "
              + (role < GUEST ? "no role" : "the role Guest")
              + " in "
              + access.place()
              + "; tickets are closed and opened from the role Reporter on");
    }
    Optional<List<String>> scopes = scopes(access);
    if (scopes.isPresent() && !scopes.get().contains("api")) {
      throw TrackerFailure.unfit(
          "GitLab",
          "the token may not write: it has the scopes "
              + String.join(", ", scopes.get())
              + ", and needs api");
    }
    return scopes.isPresent();
  }

  /** Of the token; empty where GitLab does not tell. */
  private Optional<List<String>> scopes(TrackerAccess access) {
    try {
      JsonNode scopes =
          http.call(access, "GET", API + "/personal_access_tokens/self", login(access), null)
              .path("scopes");
      return scopes.isArray()
          ? Optional.of(
              StreamSupport.stream(scopes.spliterator(), false).map(JsonNode::asText).toList())
          : Optional.empty();
    } catch (TrackerFailure refused) {
      return Optional.empty(); // older than 15.5, or not of this kind of token
    }
  }

  private JsonNode call(TicketRequest request, String method, String rest, @Nullable Object body) {
    return call(request.access(), method, "/issues" + rest, body);
  }

  private JsonNode call(TrackerAccess access, String method, String rest, @Nullable Object body) {
    return http.call(
        access,
        method,
        API + "/projects/" + URLEncoder.encode(access.place(), StandardCharsets.UTF_8) + rest,
        login(access),
        body);
  }

  private static Map<String, String> login(TrackerAccess access) {
    return Map.of("PRIVATE-TOKEN", access.token());
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
