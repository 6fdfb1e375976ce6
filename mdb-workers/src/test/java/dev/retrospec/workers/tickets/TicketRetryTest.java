package dev.retrospec.workers.tickets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.retrospec.ids.JobId;
import dev.retrospec.issues.TriageState;
import dev.retrospec.tickets.TicketDesk;
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

    desk.regress();
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
    desk.shop.clock.pass(Duration.ofMinutes(10));
    desk.outbox.sweep.sweep();
    work.work(jobs);
  }

  private static String gitHubIssue(String state) {
    return "{\"number\":12,\"state\":\""
        + state
        + "\",\"body\":\"\",\"html_url\":\"https://github.com/acme/shop/issues/12\"}";
  }
}
