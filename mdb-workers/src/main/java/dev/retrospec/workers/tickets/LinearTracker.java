package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import java.util.Map;
import java.util.Optional;

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
            "query($team: String!) { team(id: $team) { issues(first: 30, orderBy: createdAt) {"
                + " nodes "
                + FIELDS
                + " } } }",
            Map.of("team", request.access().place()));
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
    JsonNode states =
        ask(
                request,
                "query($team: String!) { team(id: $team) { states(filter: { type: { eq:"
                    + " \"completed\" } }) { nodes { id } } } }",
                Map.of("team", request.access().place()))
            .path("team")
            .path("states")
            .path("nodes");
    if (states.isEmpty()) {
      throw TrackerFailure.refused("Linear", 200, "the team has no completed state");
    }
    ask(
        request,
        "mutation($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input)"
            + " { success } }",
        Map.of(
            "id",
            issue(request, number).path("id").asText(),
            "input",
            Map.of("stateId", states.get(0).path("id").asText())));
  }

  private JsonNode issue(TicketRequest request, String number) {
    return ask(
            request, "query($id: String!) { issue(id: $id) " + FIELDS + " }", Map.of("id", number))
        .path("issue");
  }

  /** GraphQL answers 200 with errors in it. */
  private JsonNode ask(TicketRequest request, String query, Map<String, Object> variables) {
    JsonNode answer =
        http.call(
            request.access(),
            "POST",
            "/graphql",
            Map.of("Authorization", request.access().token()),
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
