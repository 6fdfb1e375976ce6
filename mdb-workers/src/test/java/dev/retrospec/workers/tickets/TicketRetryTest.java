package dev.retrospec.workers.tickets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.retrospec.ids.JobId;
import dev.retrospec.issues.TriageState;
import dev.retrospec.tickets.TicketDesk;
import dev.retrospec.tickets.TicketView;
import dev.retrospec.tickets.TrackerKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands in a tracker after it has refused, or was away, when a ticket was to be changed. */
class TicketRetryTest {

  private static final String JIRA = "/rest/api/3/issue/SHOP-12";
  private static final String GITHUB = "/repos/acme/shop/issues/12";

  private final TicketWork work = new TicketWork();
  private final WireMockServer server = work.server;
  private final TicketDesk desk = work.desk;

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void ticketThatCannotBeClosedIsToldOnceAndSaysWhy() {
    jira("new");

    desk.decide(TriageState.RESOLVED);
    workAndTryAgain();

    server.verify(1, postRequestedFor(urlEqualTo(JIRA + "/comment")));
    assertThat(desk.only().status()).isEqualTo("linked");
    assertThat(desk.only().isClosed()).isFalse();
    assertThat(desk.only().problem())
        .isEqualTo("Jira: no transition leads SHOP-12 to a status that is done");
  }

  @Test
  void ticketThatCannotBeOpenedAgainIsToldOnceAndSaysWhy() {
    jira("done");

    desk.decide(TriageState.RESOLVED);
    work.work();
    desk.comeBack();
    workAndTryAgain();

    server.verify(1, postRequestedFor(urlEqualTo(JIRA + "/comment")));
    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.only().problem()).contains("no transition leads SHOP-12 to a status");
  }

  @Test
  void trackerThatIsAwayWhileATicketIsClosedIsToldOnceWhenItIsBack() {
    gitHub();
    server.stubFor(patch(urlEqualTo(GITHUB)).willReturn(aResponse().withStatus(503)));
    desk.decide(TriageState.RESOLVED);
    List<JobId> jobs = desk.jobs();
    work.work(jobs);
    server.verify(0, postRequestedFor(urlEqualTo(GITHUB + "/comments")));

    server.stubFor(patch(urlEqualTo(GITHUB)).willReturn(okJson(gitHubIssue("closed"))));
    tryAgain(jobs);

    server.verify(1, postRequestedFor(urlEqualTo(GITHUB + "/comments")));
    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.said().get(0)).isEqualTo("RetroSpec closed GitHub 12");
  }

  @Test
  void commentThatFailedAfterTheTicketWasClosedIsSaidByTheNextAttempt() {
    gitHub();
    server.stubFor(post(GITHUB + "/comments").willReturn(aResponse().withStatus(503)));
    desk.decide(TriageState.RESOLVED);
    List<JobId> jobs = desk.jobs();
    work.work(jobs);

    server.stubFor(get(GITHUB).willReturn(okJson(gitHubIssue("closed"))));
    server.stubFor(post(GITHUB + "/comments").willReturn(okJson("{\"id\":1}").withStatus(201)));
    tryAgain(jobs);

    server.verify(2, postRequestedFor(urlEqualTo(GITHUB + "/comments")));
    assertThat(desk.only().isClosed()).isTrue();
    assertThat(desk.said().get(0)).isEqualTo("RetroSpec told GitHub 12 that it is resolved");
  }

  @Test
  void jiraTicketThatIsNotFoundYetIsNotMadeTwice() {
    List<JobId> jobs = askJira();

    tryAgain(jobs, Duration.ofSeconds(20));

    server.verify(1, postRequestedFor(urlEqualTo("/rest/api/3/issue")));
    assertThat(desk.only().problem())
        .isEqualTo("Jira does not tell yet whether the ticket was made; look there");
  }

  @Test
  void jiraTicketThatIsNotFoundAfterAWhileIsMade() {
    List<JobId> jobs = askJira();
    server.stubFor(
        post("/rest/api/3/issue").willReturn(okJson("{\"key\":\"SHOP-12\"}").withStatus(201)));

    tryAgain(jobs, Duration.ofMinutes(2));

    assertThat(desk.only().number()).isEqualTo("SHOP-12");
  }

  @Test
  void ticketsOfGitLabAndLinearAreFoundByTheirMarkHoweverManyAreNewer() {
    desk.setUp(TrackerKind.GITLAB, server.baseUrl(), "acme/shop", false);
    desk.setUp(TrackerKind.LINEAR, server.baseUrl(), "team-1", false);
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    String gitLab = desk.link(TrackerKind.GITLAB, null).id();
    String linear = desk.link(TrackerKind.LINEAR, null).id();
    List<JobId> jobs = desk.jobs();
    work.work(jobs);
    server.stubFor(
        get(urlPathEqualTo("/api/v4/projects/acme%2Fshop/issues"))
            .withQueryParam("search", equalTo(gitLab))
            .withQueryParam("in", equalTo("description"))
            .willReturn(
                okJson(
                    "[{\"iid\":7,\"state\":\"opened\",\"description\":\"RetroSpec: "
                        + gitLab
                        + "\"}]")));
    server.stubFor(
        post("/graphql")
            .withRequestBody(matchingJsonPath("$.variables.mark", equalTo("RetroSpec: " + linear)))
            .willReturn(
                okJson(
                    "{\"data\":{\"team\":{\"issues\":{\"nodes\":[{\"id\":\"u-1\","
                        + "\"identifier\":\"ENG-12\",\"description\":\"RetroSpec: "
                        + linear
                        + "\"}]}}}}")));

    tryAgain(jobs, Duration.ofMinutes(10));

    assertThat(desk.linking.of(desk.shop.project, desk.key))
        .extracting(TicketView::number)
        .containsExactlyInAnyOrder("7", "ENG-12");
  }

  /** Has a ticket made whose answer is lost, and which its search does not find. */
  private List<JobId> askJira() {
    desk.setUp(TrackerKind.JIRA, server.baseUrl(), "SHOP", false);
    server.stubFor(
        post("/rest/api/3/issue")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    server.stubFor(post("/rest/api/3/search/jql").willReturn(okJson("{\"issues\":[]}")));
    desk.link(TrackerKind.JIRA, null);
    List<JobId> jobs = desk.jobs();
    work.work(jobs);
    return jobs;
  }

  /** A ticket of a workflow without a way to where it should go. */
  private void jira(String category) {
    desk.setUp(TrackerKind.JIRA, server.baseUrl(), "SHOP", true);
    server.stubFor(
        get(urlPathEqualTo(JIRA))
            .willReturn(
                okJson(
                    "{\"key\":\"SHOP-12\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":\""
                        + category
                        + "\"}}}}")));
    server.stubFor(post(JIRA + "/comment").willReturn(okJson("{\"id\":\"1\"}").withStatus(201)));
    server.stubFor(get(JIRA + "/transitions").willReturn(okJson("{\"transitions\":[]}")));
    desk.link(TrackerKind.JIRA, "SHOP-12");
    work.work();
  }

  private void gitHub() {
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    server.stubFor(get(GITHUB).willReturn(okJson(gitHubIssue("open"))));
    server.stubFor(patch(urlEqualTo(GITHUB)).willReturn(okJson(gitHubIssue("closed"))));
    server.stubFor(post(GITHUB + "/comments").willReturn(okJson("{\"id\":1}").withStatus(201)));
    desk.link(TrackerKind.GITHUB, "12");
    work.work();
  }

  private void workAndTryAgain() {
    List<JobId> jobs = desk.jobs();
    work.work(jobs);
    tryAgain(jobs);
  }

  private void tryAgain(List<JobId> jobs) {
    tryAgain(jobs, Duration.ofMinutes(10));
  }

  private void tryAgain(List<JobId> jobs, Duration later) {
    desk.shop.clock.pass(later);
    desk.outbox.sweep.sweep();
    work.work(jobs);
  }

  private static String gitHubIssue(String state) {
    return "{\"number\":12,\"state\":\""
        + state
        + "\",\"body\":\"\",\"html_url\":\"https://github.com/acme/shop/issues/12\"}";
  }
}
