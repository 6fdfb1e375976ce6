package dev.retrospec.workers.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Issues of Jira Cloud, by version 3 of its REST interface. Texts are Atlassian's document format.
 * A ticket whose making was not answered is found by a label.
 */
final class JiraTracker implements Tracker {

  private static final String TYPE = "Bug";
  private static final String NEEDED = "CREATE_ISSUES,ADD_COMMENTS,TRANSITION_ISSUES";

  private final TrackerHttp http;

  JiraTracker(TrackerHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Ticket> made(TicketRequest request) {
    JsonNode found =
        call(
            request,
            "POST",
            "/search/jql",
            Map.of(
                "jql",
                "project = \"" + request.access().place() + "\" and labels = " + label(request),
                "maxResults",
                1,
                "fields",
                List.of("status")));
    for (JsonNode issue : found.path("issues")) {
      return Optional.of(ticket(request.access(), issue));
    }
    if (request.mayBeMade()) {
      throw TrackerFailure.unsure("Jira"); // what it finds is seconds old
    }
    return Optional.empty();
  }

  @Override
  public Ticket create(TicketRequest request) {
    JsonNode made =
        call(
            request,
            "POST",
            "/issue",
            Map.of(
                "fields",
                Map.of(
                    "project", Map.of("key", request.access().place()),
                    "issuetype", Map.of("name", TYPE),
                    "summary", request.title(),
                    "labels", List.of("retrospec", label(request)),
                    "description", document(request.text()))));
    return ticket(request.access(), made);
  }

  @Override
  public Ticket look(TicketRequest request, String number) {
    return ticket(
        request.access(), call(request, "GET", "/issue/" + number + "?fields=status", null));
  }

  @Override
  public void comment(TicketRequest request, String number) {
    call(
        request, "POST", "/issue/" + number + "/comment", Map.of("body", document(request.text())));
  }

  @Override
  public void close(TicketRequest request, String number) {
    walk(request, number, List.of("done"));
  }

  @Override
  public void reopen(TicketRequest request, String number) {
    walk(request, number, List.of("new", "indeterminate"));
  }

  /**
   * @param categories of the wanted status, the dearest first
   */
  private void walk(TicketRequest request, String number, List<String> categories) {
    JsonNode steps =
        call(request, "GET", "/issue/" + number + "/transitions", null).path("transitions");
    for (String category : categories) {
      for (JsonNode step : steps) {
        if (step.path("to").path("statusCategory").path("key").asText().equals(category)) {
          call(
              request,
              "POST",
              "/issue/" + number + "/transitions",
              Map.of("transition", Map.of("id", step.path("id").asText())));
          return;
        }
      }
    }
    throw TrackerFailure.unfit(
        "Jira",
        "no transition leads "
            + number
            + " to a status that is "
            + String.join(" or ", categories));
  }

  @Override
  public boolean check(TrackerAccess access) {
    JsonNode may =
        call(
                access,
                "GET",
                "/mypermissions?projectKey=" + access.place() + "&permissions=" + NEEDED,
                null)
            .path("permissions");
    for (String permission : NEEDED.split(",", -1)) {
      if (!may.path(permission).path("havePermission").asBoolean()) {
        throw TrackerFailure.unfit(
            "Jira", access.account() + " lacks " + permission + " in " + access.place());
      }
    }
    JsonNode types =
        call(access, "GET", "/issue/createmeta/" + access.place() + "/issuetypes", null)
            .path("issueTypes");
    for (JsonNode type : types) {
      if (type.path("name").asText().equals(TYPE)) {
        return true;
      }
    }
    throw TrackerFailure.unfit("Jira", access.place() + " has no issue type " + TYPE);
  }

  private JsonNode call(TicketRequest request, String method, String rest, @Nullable Object body) {
    return call(request.access(), method, rest, body);
  }

  private JsonNode call(TrackerAccess access, String method, String rest, @Nullable Object body) {
    String login = access.account() + ":" + access.token();
    return http.call(
        access,
        method,
        "/rest/api/3" + rest,
        Map.of(
            "Accept",
            "application/json",
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))),
        body);
  }

  private static String label(TicketRequest request) {
    return "retrospec-" + request.ticketId();
  }

  /** A paragraph for each line; a blank one is none. */
  private static Map<String, Object> document(String text) {
    List<Map<String, Object>> paragraphs =
        text.lines()
            .filter(line -> !line.isBlank() && !line.equals("```"))
            .map(
                line ->
                    Map.<String, Object>of(
                        "type",
                        "paragraph",
                        "content",
                        List.of(Map.of("type", "text", "text", line))))
            .toList();
    return Map.of("type", "doc", "version", 1, "content", paragraphs);
  }

  private static Ticket ticket(TrackerAccess access, JsonNode issue) {
    String key = issue.path("key").asText();
    if (key.isEmpty()) {
      throw TrackerFailure.misunderstood("Jira");
    }
    String category =
        issue.path("fields").path("status").path("statusCategory").path("key").asText();
    return new Ticket(key, access.server() + "/browse/" + key, category.equals("done"));
  }
}
