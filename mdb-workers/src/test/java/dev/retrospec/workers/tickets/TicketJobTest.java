package dev.retrospec.workers.tickets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.retrospec.ids.JobId;
import dev.retrospec.issues.TriageState;
import dev.retrospec.tickets.TicketDesk;
import dev.retrospec.tickets.TicketView;
import dev.retrospec.tickets.TrackerKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server on this machine that answers as the trackers' documents say. */
class TicketJobTest {

  private static final String GITHUB = "/repos/acme/shop/issues";
  private static final String GITLAB = "/api/v4/projects/acme%2Fshop/issues";

  private final TicketWork work = new TicketWork();
  private final WireMockServer server = work.server;
  private final TicketDesk desk = work.desk;

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void gitHubMakesATicketAndIsToldWhenItIsResolved() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    server.stubFor(post(GITHUB).willReturn(okJson(gitHubIssue("open")).withStatus(201)));
    server.stubFor(get(GITHUB + "/12").willReturn(okJson(gitHubIssue("open"))));
    server.stubFor(post(GITHUB + "/12/comments").willReturn(okJson("{\"id\":1}").withStatus(201)));
    server.stubFor(patch(urlEqualTo(GITHUB + "/12")).willReturn(okJson(gitHubIssue("closed"))));

    desk.link(TrackerKind.GITHUB, null);
    work.work();

    TicketView ticket = desk.only();
    assertThat(ticket.number()).isEqualTo("12");
    assertThat(ticket.url()).isEqualTo("https://github.com/acme/shop/issues/12");
    assertThat(ticket.status()).isEqualTo("linked");
    server.verify(
        postRequestedFor(urlEqualTo(GITHUB))
            .withHeader("Authorization", equalTo("Bearer token-of-the-tracker"))
            .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
            .withRequestBody(matchingJsonPath("$.title", containing("boom")))
            .withRequestBody(matchingJsonPath("$.body", containing("2 sessions by 2 users")))
            .withRequestBody(
                matchingJsonPath(
                    "$.body", containing("https://retrospec.test/admin/issues/" + desk.key)))
            .withRequestBody(matchingJsonPath("$.body", containing("RetroSpec: " + ticket.id()))));

    desk.decide(TriageState.RESOLVED);
    work.work();

    server.verify(1, postRequestedFor(urlEqualTo(GITHUB + "/12/comments")));
    server.verify(
        patchRequestedFor(urlEqualTo(GITHUB + "/12"))
            .withRequestBody(matchingJsonPath("$.state", equalTo("closed"))));
    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.said())
        .contains("RetroSpec closed GitHub 12", "RetroSpec made the ticket GitHub 12");
  }

  @Test
  void gitLabMakesATicketAndIsToldWhenItIsResolved() {
    desk.setUp(TrackerKind.GITLAB, server.baseUrl(), "acme/shop", true);
    server.stubFor(post(GITLAB).willReturn(okJson(gitLabIssue("opened")).withStatus(201)));
    server.stubFor(get(GITLAB + "/7").willReturn(okJson(gitLabIssue("opened"))));
    server.stubFor(post(GITLAB + "/7/notes").willReturn(okJson("{\"id\":1}").withStatus(201)));
    server.stubFor(put(GITLAB + "/7").willReturn(okJson(gitLabIssue("closed"))));

    desk.link(TrackerKind.GITLAB, null);
    work.work();
    desk.decide(TriageState.RESOLVED);
    work.work();

    assertThat(desk.only().number()).isEqualTo("7");
    assertThat(desk.only().isClosed()).isTrue();
    server.verify(
        postRequestedFor(urlEqualTo(GITLAB))
            .withHeader("PRIVATE-TOKEN", equalTo("token-of-the-tracker"))
            .withRequestBody(matchingJsonPath("$.description", containing("boom"))));
    server.verify(
        putRequestedFor(urlEqualTo(GITLAB + "/7"))
            .withRequestBody(matchingJsonPath("$.state_event", equalTo("close"))));
  }

  @Test
  void jiraMakesATicketAndWalksItToDone() {
    desk.setUp(TrackerKind.JIRA, server.baseUrl(), "SHOP", true);
    String issue = "/rest/api/3/issue";
    server.stubFor(
        post(issue).willReturn(okJson("{\"id\":\"1\",\"key\":\"SHOP-12\"}").withStatus(201)));
    server.stubFor(
        get(urlPathEqualTo(issue + "/SHOP-12"))
            .willReturn(
                okJson(
                    "{\"key\":\"SHOP-12\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":"
                        + "\"new\"}}}}")));
    server.stubFor(
        post(issue + "/SHOP-12/comment").willReturn(okJson("{\"id\":\"1\"}").withStatus(201)));
    server.stubFor(
        get(issue + "/SHOP-12/transitions")
            .willReturn(
                okJson(
                    "{\"transitions\":[{\"id\":\"11\",\"to\":{\"statusCategory\":{\"key\":"
                        + "\"indeterminate\"}}},{\"id\":\"31\",\"to\":{\"statusCategory\":"
                        + "{\"key\":\"done\"}}}]}")));
    server.stubFor(post(issue + "/SHOP-12/transitions").willReturn(aResponse().withStatus(204)));

    desk.link(TrackerKind.JIRA, null);
    work.work();
    desk.decide(TriageState.RESOLVED);
    work.work();

    assertThat(desk.only().url()).isEqualTo(server.baseUrl() + "/browse/SHOP-12");
    assertThat(desk.only().isClosed()).isTrue();
    server.verify(
        postRequestedFor(urlEqualTo(issue))
            .withBasicAuth(
                new com.github.tomakehurst.wiremock.client.BasicCredentials(
                    "ann@example.com", "token-of-the-tracker"))
            .withRequestBody(matchingJsonPath("$.fields.project.key", equalTo("SHOP")))
            .withRequestBody(matchingJsonPath("$.fields.description.type", equalTo("doc"))));
    server.verify(
        postRequestedFor(urlEqualTo(issue + "/SHOP-12/transitions"))
            .withRequestBody(matchingJsonPath("$.transition.id", equalTo("31"))));
  }

  @Test
  void linearMakesATicketAndCompletesIt() {
    desk.setUp(TrackerKind.LINEAR, server.baseUrl(), "team-1", true);
    graphQl("issueCreate", "{\"issueCreate\":{\"success\":true,\"issue\":" + linearIssue() + "}}");
    graphQl("issue(id", "{\"issue\":" + linearIssue() + "}");
    graphQl("commentCreate", "{\"commentCreate\":{\"success\":true}}");
    graphQl(
        "states(first",
        "{\"team\":{\"states\":{\"nodes\":[{\"id\":\"s-todo\",\"type\":\"unstarted\"},"
            + "{\"id\":\"s-done\",\"type\":\"completed\"}]}}}");
    graphQl("issueUpdate", "{\"issueUpdate\":{\"success\":true}}");

    desk.link(TrackerKind.LINEAR, null);
    work.work();
    desk.decide(TriageState.RESOLVED);
    work.work();

    assertThat(desk.only().number()).isEqualTo("ENG-12");
    assertThat(desk.only().isClosed()).isTrue();
    server.verify(
        postRequestedFor(urlEqualTo("/graphql"))
            .withHeader("Authorization", equalTo("token-of-the-tracker"))
            .withRequestBody(containing("issueUpdate"))
            .withRequestBody(matchingJsonPath("$.variables.input.stateId", equalTo("s-done"))));
  }

  @Test
  void ticketOfAnIssueThatIsBackIsOpenedAgain() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    server.stubFor(get(GITHUB + "/12").willReturn(okJson(gitHubIssue("closed"))));
    server.stubFor(post(GITHUB + "/12/comments").willReturn(okJson("{\"id\":1}").withStatus(201)));
    server.stubFor(patch(urlEqualTo(GITHUB + "/12")).willReturn(okJson(gitHubIssue("open"))));
    desk.link(TrackerKind.GITHUB, "12");
    work.work();

    desk.decide(TriageState.RESOLVED);
    work.work();
    desk.comeBack();
    work.work();

    server.verify(
        postRequestedFor(urlEqualTo(GITHUB + "/12/comments"))
            .withRequestBody(matchingJsonPath("$.body", containing("seen again"))));
    server.verify(
        patchRequestedFor(urlEqualTo(GITHUB + "/12"))
            .withRequestBody(matchingJsonPath("$.state", equalTo("open"))));
    assertThat(desk.only().isClosed()).isFalse();
    assertThat(desk.said().get(0)).isEqualTo("RetroSpec opened GitHub 12 again");
  }

  @Test
  void ticketOfAnIssueThatIsBackIsOnlyToldWhereIssuesCloseNone() {
    desk.setUp(TrackerKind.GITLAB, server.baseUrl(), "acme/shop", false);
    server.stubFor(get(GITLAB + "/7").willReturn(okJson(gitLabIssue("closed"))));
    server.stubFor(post(GITLAB + "/7/notes").willReturn(okJson("{\"id\":1}").withStatus(201)));
    desk.link(TrackerKind.GITLAB, "7");
    work.work();

    desk.decide(TriageState.RESOLVED);
    work.work();
    desk.comeBack();
    work.work();

    server.verify(1, postRequestedFor(urlEqualTo(GITLAB + "/7/notes")));
    server.verify(0, putRequestedFor(urlEqualTo(GITLAB + "/7")));
    assertThat(desk.only().isClosed()).isTrue();
  }

  @Test
  void jiraAndLinearAreWalkedBack() {
    desk.setUp(TrackerKind.JIRA, server.baseUrl(), "SHOP", true);
    desk.setUp(TrackerKind.LINEAR, server.baseUrl(), "team-1", true);
    String issue = "/rest/api/3/issue/SHOP-12";
    server.stubFor(
        get(urlPathEqualTo(issue))
            .willReturn(
                okJson(
                    "{\"key\":\"SHOP-12\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":"
                        + "\"done\"}}}}")));
    server.stubFor(post(issue + "/comment").willReturn(okJson("{\"id\":\"1\"}").withStatus(201)));
    server.stubFor(
        get(issue + "/transitions")
            .willReturn(
                okJson(
                    "{\"transitions\":[{\"id\":\"21\",\"to\":{\"statusCategory\":{\"key\":"
                        + "\"indeterminate\"}}},{\"id\":\"11\",\"to\":{\"statusCategory\":"
                        + "{\"key\":\"new\"}}}]}")));
    server.stubFor(post(issue + "/transitions").willReturn(aResponse().withStatus(204)));
    graphQl("issue(id", "{\"issue\":" + linearIssue().replace("started", "completed") + "}");
    graphQl("commentCreate", "{\"commentCreate\":{\"success\":true}}");
    graphQl(
        "states(first",
        "{\"team\":{\"states\":{\"nodes\":[{\"id\":\"s-doing\",\"type\":\"started\"},"
            + "{\"id\":\"s-todo\",\"type\":\"unstarted\"}]}}}");
    graphQl("issueUpdate", "{\"issueUpdate\":{\"success\":true}}");
    desk.link(TrackerKind.JIRA, "SHOP-12");
    desk.link(TrackerKind.LINEAR, "ENG-12");
    work.work();

    desk.decide(TriageState.RESOLVED);
    work.work();
    desk.comeBack();
    work.work();

    server.verify(
        postRequestedFor(urlEqualTo(issue + "/transitions"))
            .withRequestBody(matchingJsonPath("$.transition.id", equalTo("11"))));
    server.verify(
        postRequestedFor(urlEqualTo("/graphql"))
            .withRequestBody(matchingJsonPath("$.variables.input.stateId", equalTo("s-todo"))));
  }

  @Test
  void ticketWhoseMakingWasNotAnsweredIsFoundAgain() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", false);
    server.stubFor(
        post(GITHUB)
            .willReturn(
                aResponse()
                    .withFault(
                        com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER)));
    TicketView asked = desk.link(TrackerKind.GITHUB, null);
    List<JobId> jobs = desk.jobs();
    work.work(jobs);
    server.stubFor(
        get(urlPathEqualTo(GITHUB))
            .willReturn(
                okJson(
                    "["
                        + gitHubIssue("open")
                            .replace("\"body\":\"\"", "\"body\":\"RetroSpec: " + asked.id() + "\"")
                        + "]")));

    desk.shop.clock.pass(Duration.ofMinutes(10));
    desk.outbox.sweep.sweep();
    work.work(jobs);

    assertThat(desk.only().number()).isEqualTo("12");
    server.verify(1, postRequestedFor(urlEqualTo(GITHUB)));
  }

  @Test
  void refusalIsToldWithoutTheToken() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", false);
    server.stubFor(
        any(anyUrl()).willReturn(okJson("{\"message\":\"Bad credentials\"}").withStatus(401)));
    desk.link(TrackerKind.GITHUB, null);

    work.work();

    assertThat(desk.only().status()).as("another attempt would hear the same").isEqualTo("failed");
    assertThat(desk.only().problem()).contains("GitHub answered 401", "Bad credentials");
    assertThat(desk.only().problem()).doesNotContain("token-of-the-tracker");
  }

  @Test
  void trackerThatIsAwayIsAskedAgainAndThenGivenUp() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", false);
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    desk.link(TrackerKind.GITHUB, null);
    List<JobId> jobs = desk.jobs();

    work.work(jobs);
    assertThat(desk.only().status()).isEqualTo("pending");
    desk.shop.clock.pass(Duration.ofMinutes(10));
    desk.outbox.sweep.sweep();
    work.work(jobs);

    assertThat(desk.only().status()).isEqualTo("failed");
    assertThat(desk.only().problem()).isEqualTo("GitHub answered 503 (no reason)");
  }

  @Test
  void tokenFollowsNoRedirect() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", false);
    server.stubFor(
        post(GITHUB)
            .willReturn(
                aResponse().withStatus(307).withHeader("Location", server.url("/elsewhere"))));
    desk.link(TrackerKind.GITHUB, null);

    work.work();

    server.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    assertThat(desk.only().status()).isEqualTo("pending");
  }

  @Test
  void existingTicketIsLookedUp() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", false);
    server.stubFor(get(GITHUB + "/12").willReturn(okJson(gitHubIssue("closed"))));

    desk.link(TrackerKind.GITHUB, "#12");
    work.work();

    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.state())
        .as("only what is closed from now on decides")
        .isEqualTo(TriageState.OPEN);
  }

  @Test
  void ticketThatWasClosedAlreadyIsLeftAloneAndTheLogSaysNothingElse() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    server.stubFor(get(GITHUB + "/12").willReturn(okJson(gitHubIssue("open"))));
    desk.link(TrackerKind.GITHUB, "12");
    work.work();
    server.stubFor(get(GITHUB + "/12").willReturn(okJson(gitHubIssue("closed"))));

    desk.decide(TriageState.RESOLVED);
    work.work();

    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.said()).noneMatch(said -> said.contains("closed GitHub 12"));
    server.verify(0, postRequestedFor(urlEqualTo(GITHUB + "/12/comments")));
  }

  @Test
  void pullRequestIsNoTicket() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    server.stubFor(
        get(GITHUB + "/12")
            .willReturn(
                okJson(gitHubIssue("open").replace("{", "{\"pull_request\":{\"url\":1},"))));
    desk.link(TrackerKind.GITHUB, "#12");

    work.work();

    assertThat(desk.only().status()).isEqualTo("failed");
    assertThat(desk.only().problem()).isEqualTo("GitHub: 12 is a pull request");
  }

  private void graphQl(String query, String data) {
    server.stubFor(
        post("/graphql")
            .withRequestBody(containing(query))
            .willReturn(okJson("{\"data\":" + data + "}")));
  }

  private static String linearIssue() {
    return "{\"id\":\"u-1\",\"identifier\":\"ENG-12\",\"url\":\"https://linear.app/i/ENG-12\","
        + "\"description\":\"\",\"state\":{\"type\":\"started\"}}";
  }

  private static String gitHubIssue(String state) {
    return "{\"number\":12,\"state\":\""
        + state
        + "\",\"body\":\"\",\"html_url\":\"https://github.com/acme/shop/issues/12\"}";
  }

  private static String gitLabIssue(String state) {
    return "{\"iid\":7,\"state\":\""
        + state
        + "\",\"web_url\":\"https://gitlab.com/acme/shop/-/issues/7\"}";
  }
}
