package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Issues of Linear, by its GraphQL interface. */
final class LinearTracker implements Tracker {

  private static final String FIELDS = "{ id identifier url description state { type } }";

  private final TrackerHttp http;

  LinearTracker(TrackerHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Ticket> made(TicketRequest request) {
    JsonNode latest =
        ask(
            request,
            "query($team: String!, $mark: String!) { team(id: $team) {"
                + " issues(filter: { description: { contains: $mark } }) { nodes "
                + FIELDS
                + " } } }",
            Map.of("team", request.access().place(), "mark", request.mark()));
    for (JsonNode issue : latest.path("team").path("issues").path("nodes")) {
      if (issue.path("description").asText().contains(request.mark())) {
        return Optional.of(ticket(issue));
      }
    }
    return Optional.empty();
  }

  @Override
  public Ticket create(TicketRequest request) {
    return ticket(
        ask(
                request,
                "mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success issue "
                    + FIELDS
                    + " } }",
                Map.of(
                    "input",
                    Map.of(
                        "teamId", request.access().place(),
                        "title", request.title(),
                        "description", request.text())))
            .path("issueCreate")
            .path("issue"));
  }

  @Override
  public Ticket look(TicketRequest request, String number) {
    return ticket(issue(request, number));
  }

  @Override
  public void comment(TicketRequest request, String number) {
    ask(
        request,
        "mutation($input: CommentCreateInput!) { commentCreate(input: $input) { success } }",
        Map.of(
            "input",
            Map.of("issueId", issue(request, number).path("id").asText(), "body", request.text())));
  }

  @Override
  public void close(TicketRequest request, String number) {
    move(request, number, List.of("completed"));
  }

  @Override
  public void reopen(TicketRequest request, String number) {
    move(request, number, List.of("unstarted", "backlog", "started"));
  }

  @Override
  public boolean check(TrackerAccess access) {
    JsonNode team =
        ask(
                access,
                "query($team: String!) { team(id: $team) { id } }",
                Map.of("team", access.place()))
            .path("team");
    if (!team.hasNonNull("id")) {
      throw TrackerFailure.unfit("Linear", "there is no team " + access.place());
    }
    return false;
  }

  /**
   * @param types of the wanted state, the dearest first
   */
  private void move(TicketRequest request, String number, List<String> types) {
    JsonNode states =
        ask(
                request,
                "query($team: String!) { team(id: $team) { states(first: 100) { nodes { id type }"
                    + " } } }",
                Map.of("team", request.access().place()))
            .path("team")
            .path("states")
            .path("nodes");
    String state =
        types.stream()
            .flatMap(
                type ->
                    StreamSupport.stream(states.spliterator(), false)
                        .filter(one -> one.path("type").asText().equals(type)))
            .map(one -> one.path("id").asText())
            .findFirst()
            .orElseThrow(
                () ->
                    TrackerFailure.unfit(
                        "Linear", "the team has no state that is " + String.join(" or ", types)));
    ask(
        request,
        "mutation($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input)"
            + " { success } }",
        Map.of(
            "id", issue(request, number).path("id").asText(), "input", Map.of("stateId", state)));
  }

  private JsonNode issue(TicketRequest request, String number) {
    return ask(
            request, "query($id: String!) { issue(id: $id) " + FIELDS + " }", Map.of("id", number))
        .path("issue");
  }

  private JsonNode ask(TicketRequest request, String query, Map<String, Object> variables) {
    return ask(request.access(), query, variables);
  }

  /** GraphQL answers 200 with errors in it. */
  private JsonNode ask(TrackerAccess access, String query, Map<String, Object> variables) {
    JsonNode answer =
        http.call(
            access,
            "POST",
            "/graphql",
            Map.of("Authorization", access.token()),
            Map.of("query", query, "variables", variables));
    if (answer.has("errors")) {
      throw TrackerFailure.refused(
          "Linear", 200, answer.path("errors").path(0).path("message").asText("an error"));
    }
    return answer.path("data");
  }

  private static Ticket ticket(JsonNode issue) {
    if (issue.path("identifier").asText().isEmpty()) {
      throw TrackerFailure.misunderstood("Linear");
    }
    String type = issue.path("state").path("type").asText();
    return new Ticket(
        issue.path("identifier").asText(),
        issue.path("url").asText(),
        type.equals("completed") || type.equals("canceled"));
  }
}
