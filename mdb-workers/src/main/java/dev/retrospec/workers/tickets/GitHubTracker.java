package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues of GitHub, by its REST interface of 2022-11-28. */
final class GitHubTracker implements Tracker {

  /** Of whoever has one of them, issues that others made can be closed. */
  private static final List<String> ROLES = List.of("triage", "push", "maintain", "admin");

  private final TrackerHttp http;

  GitHubTracker(TrackerHttp http) {
    this.http = http;
  }

  /** Among the latest hundred, because what its search finds is old. */
  @Override
  public Optional<Ticket> made(TicketRequest request) {
    for (JsonNode issue :
        call(request, "GET", "?state=all&sort=created&direction=desc&per_page=100", null)) {
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

  /**
   * Of a classic token GitHub names the scopes, and beside the repository what its owner may do
   * there. What a fine-grained one may, it tells only whoever writes.
   */
  @Override
  public boolean check(TrackerAccess access) {
    TrackerHttp.Answer answer = ask(access, "GET", "", null);
    JsonNode repository = answer.json();
    if (repository.path("archived").asBoolean()) {
      throw TrackerFailure.unfit("GitHub", access.place() + " is archived");
    }
    if (repository.hasNonNull("has_issues") && !repository.path("has_issues").asBoolean()) {
      throw TrackerFailure.unfit("GitHub", "issues are turned off in " + access.place());
    }
    call(access, "GET", "/issues?per_page=1", null);
    Optional<String> scopes = answer.headers().firstValue("X-OAuth-Scopes");
    scopes.ifPresent(granted -> checkScopes(access, repository, granted));
    return scopes.isPresent();
  }

  private static void checkScopes(TrackerAccess access, JsonNode repository, String scopes) {
    List<String> granted = List.of(scopes.split(",\\s*", -1));
    boolean isPublic = repository.has("private") && !repository.path("private").asBoolean();
    if (!granted.contains("repo") && !(isPublic && granted.contains("public_repo"))) {
      throw TrackerFailure.unfit(
          "GitHub",
          "the token may not write in "
              + access.place()
              + ": it has "
              + (scopes.isBlank() ? "no scope" : "the scopes " + scopes.strip())
              + ", and needs repo");
    }
    JsonNode may = repository.path("permissions");
    if (may.isObject() && ROLES.stream().noneMatch(role -> may.path(role).asBoolean())) {
      throw TrackerFailure.unfit(
          "GitHub",
          "the token's owner may only read "
              + access.place()
              + "; tickets are closed and opened from the role Triage on");
    }
  }

  private JsonNode call(TicketRequest request, String method, String rest, @Nullable Object body) {
    return call(request.access(), method, "/issues" + rest, body);
  }

  private JsonNode call(TrackerAccess access, String method, String rest, @Nullable Object body) {
    return ask(access, method, rest, body).json();
  }

  private TrackerHttp.Answer ask(
      TrackerAccess access, String method, String rest, @Nullable Object body) {
    return http.ask(
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
