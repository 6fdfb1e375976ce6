package dev.retrospec.workers.tickets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.retrospec.tickets.TicketDesk;
import dev.retrospec.tickets.TrackerKind;
import dev.retrospec.tickets.TrackerTrial;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether a tracker works is asked of it, without writing there, and answered in words. */
class TrackerTrialTest {

  private static final String JIRA = "/rest/api/3";

  private final TicketWork work = new TicketWork();
  private final WireMockServer server = work.server;
  private final TicketDesk desk = work.desk;

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void gitHubThatHasTheRepositoryPasses() {
    answer("/repos/acme/shop", "{\"has_issues\":true,\"archived\":false}");
    answer("/repos/acme/shop/issues", "[]");

    assertThat(trial(TrackerKind.GITHUB, "acme/shop").status()).isEqualTo("passed");
    assertThat(server.getAllServeEvents())
        .as("nothing is written")
        .allMatch(event -> event.getRequest().getMethod().equals(RequestMethod.GET));
  }

  @Test
  void classicGitHubTokenIsKnownByItsScopesAndItsOwnersRole() {
    answer("/repos/acme/shop/issues", "[]");
    String role = "{\"private\":true,\"permissions\":{\"pull\":true,\"triage\":%s}}";
    String reads = role.formatted("false");
    String triages = role.formatted("true");

    answerScoped("read:org, repo", triages);
    assertThat(trial(TrackerKind.GITHUB, "acme/shop"))
        .returns("passed", TrackerTrial::status)
        .returns(true, TrackerTrial::mayWrite);
    answerScoped("public_repo, read:org", triages);
    assertThat(problem(TrackerKind.GITHUB, "acme/shop"))
        .isEqualTo(
            "GitHub: the token may not write in acme/shop: it has the scopes public_repo,"
                + " read:org, and needs repo");
    answerScoped("", triages);
    assertThat(problem(TrackerKind.GITHUB, "acme/shop")).contains("it has no scope");
    answerScoped("repo", reads);
    assertThat(problem(TrackerKind.GITHUB, "acme/shop")).contains("may only read acme/shop");
    answerScoped("public_repo", triages.replace("true,\"perm", "false,\"perm"));
    assertThat(trial(TrackerKind.GITHUB, "acme/shop").mayWrite()).isTrue();
  }

  @Test
  void whatAFineGrainedGitHubTokenMayIsNotGuessed() {
    answer("/repos/acme/shop", "{\"permissions\":{\"pull\":true,\"push\":false}}");
    answer("/repos/acme/shop/issues", "[]");

    assertThat(trial(TrackerKind.GITHUB, "acme/shop"))
        .returns("passed", TrackerTrial::status)
        .returns(null, TrackerTrial::mayWrite);
  }

  @Test
  void gitLabTokenIsKnownByItsRoleAndItsScopes() {
    String project = "/api/v4/projects/acme%2Fshop";
    String self = "/api/v4/personal_access_tokens/self";
    String role =
        "{\"permissions\":{\"project_access\":%s,\"group_access\":{\"access_level\":%d}}}";
    answer(project + "/issues", "[]");
    answer(self, "{\"scopes\":[\"api\"]}");

    answer(project, role.formatted("{\"access_level\":20}", 0));
    assertThat(trial(TrackerKind.GITLAB, "acme/shop").mayWrite()).isTrue();
    answer(project, role.formatted("null", 30));
    assertThat(trial(TrackerKind.GITLAB, "acme/shop").mayWrite()).isTrue();
    answer(project, role.formatted("{\"access_level\":10}", 0));
    assertThat(problem(TrackerKind.GITLAB, "acme/shop"))
        .isEqualTo(
            "GitLab: the token has the role Guest in acme/shop; tickets are closed and opened from"
                + " the role Reporter on");
    answer(project, role.formatted("null", 0));
    assertThat(problem(TrackerKind.GITLAB, "acme/shop")).contains("the token has no role");

    answer(project, role.formatted("{\"access_level\":40}", 0));
    answer(self, "{\"scopes\":[\"read_api\",\"read_user\"]}");
    assertThat(problem(TrackerKind.GITLAB, "acme/shop"))
        .isEqualTo(
            "GitLab: the token may not write: it has the scopes read_api, read_user, and needs"
                + " api");
    server.stubFor(get(self).willReturn(aResponse().withStatus(404)));
    assertThat(trial(TrackerKind.GITLAB, "acme/shop"))
        .returns("passed", TrackerTrial::status)
        .returns(null, TrackerTrial::mayWrite);
  }

  @Test
  void gitHubThatTakesNoIssuesFails() {
    answer("/repos/acme/shop", "{\"has_issues\":false}");
    assertThat(problem(TrackerKind.GITHUB, "acme/shop"))
        .isEqualTo("GitHub: issues are turned off in acme/shop");

    answer("/repos/acme/shop", "{\"has_issues\":true,\"archived\":true}");
    assertThat(problem(TrackerKind.GITHUB, "acme/shop")).isEqualTo("GitHub: acme/shop is archived");
  }

  @Test
  void wrongTokenIsToldAtOnceAndWithoutIt() {
    refuse(401, "{\"message\":\"Bad credentials\"}");

    assertThat(problem(TrackerKind.GITHUB, "acme/shop"))
        .isEqualTo("GitHub answered 401 (Bad credentials); the token is wrong or has run out");
    refuse(403, "{\"error\":\"insufficient_scope\",\"error_description\":\"more is needed\"}");
    assertThat(problem(TrackerKind.GITLAB, "acme/shop"))
        .startsWith("GitLab answered 403 (more is needed)");
    refuse(400, "{\"errors\":[{\"message\":\"Authentication required\"}]}");
    assertThat(problem(TrackerKind.LINEAR, "team-1"))
        .isEqualTo("Linear answered 400 (Authentication required)");
  }

  @Test
  void wrongPlaceIsTold() {
    refuse(404, "{\"message\":\"Not Found\"}");

    assertThat(problem(TrackerKind.GITHUB, "acme/nothing"))
        .contains("404", "there is nothing there, or the token does not see it");
  }

  @Test
  void serverThatCannotBeReachedIsTold() {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    assertThat(problem(TrackerKind.GITLAB, "acme/shop")).isEqualTo("GitLab cannot be reached");
  }

  @Test
  @Timeout(20)
  void answerThatDripsIsNotWaitedFor() {
    work.waitNoLongerThan(Duration.ofMillis(500));
    server.stubFor(
        any(anyUrl())
            .willReturn(okJson("[1,2,3,4,5,6,7,8,9,10]").withChunkedDribbleDelay(20, 60_000)));

    assertThat(problem(TrackerKind.GITLAB, "acme/shop")).isEqualTo("GitLab cannot be reached");
  }

  @Test
  void gitLabThatHasTheProjectPasses() {
    answer("/api/v4/projects/acme%2Fshop", "{\"issues_access_level\":\"enabled\"}");
    answer("/api/v4/projects/acme%2Fshop/issues", "[]");
    assertThat(trial(TrackerKind.GITLAB, "acme/shop").status()).isEqualTo("passed");

    answer("/api/v4/projects/acme%2Fshop", "{\"issues_access_level\":\"disabled\"}");
    assertThat(problem(TrackerKind.GITLAB, "acme/shop")).contains("turned off");
  }

  @Test
  void jiraIsAskedForTheRightsThatAreNeededAndForTheKindOfIssue() {
    String rights =
        "{\"permissions\":{\"CREATE_ISSUES\":{\"havePermission\":true},"
            + "\"ADD_COMMENTS\":{\"havePermission\":true},"
            + "\"TRANSITION_ISSUES\":{\"havePermission\":true}}}";
    String types = JIRA + "/issue/createmeta/SHOP/issuetypes";
    answer(JIRA + "/mypermissions", rights);
    answer(types, "{\"issueTypes\":[{\"name\":\"Task\"},{\"name\":\"Bug\"}]}");
    assertThat(trial(TrackerKind.JIRA, "SHOP").status()).isEqualTo("passed");

    answer(types, "{\"issueTypes\":[{\"name\":\"Task\"}]}");
    assertThat(problem(TrackerKind.JIRA, "SHOP")).isEqualTo("Jira: SHOP has no issue type Bug");

    answer(JIRA + "/mypermissions", rights.replaceFirst("true", "false"));
    assertThat(problem(TrackerKind.JIRA, "SHOP"))
        .isEqualTo("Jira: ann@example.com lacks CREATE_ISSUES in SHOP");
  }

  @Test
  void linearIsAskedForTheTeam() {
    server.stubFor(
        post("/graphql")
            .withRequestBody(containing("team-1"))
            .willReturn(okJson("{\"data\":{\"team\":{\"id\":\"team-1\"}}}")));
    assertThat(trial(TrackerKind.LINEAR, "team-1").status()).isEqualTo("passed");

    server.stubFor(
        post("/graphql")
            .withRequestBody(containing("team-2"))
            .willReturn(okJson("{\"errors\":[{\"message\":\"Entity not found: Team\"}]}")));
    assertThat(problem(TrackerKind.LINEAR, "team-2")).contains("Entity not found: Team");
  }

  @Test
  void changeForgetsTheTrialAndAnAnswerToAnOlderOneDoesNotCount() {
    refuse(401, "{\"message\":\"Bad credentials\"}");
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/shop", true);
    desk.tryOut(TrackerKind.GITHUB);
    desk.setUp(TrackerKind.GITHUB, server.baseUrl(), "acme/other", true);
    desk.shop.clock.pass(Duration.ofSeconds(1));
    work.work();
    assertThat(desk.tracker(TrackerKind.GITHUB).trial()).isNull();

    desk.tryOut(TrackerKind.GITHUB);
    desk.shop.clock.pass(Duration.ofSeconds(1));
    desk.tryOut(TrackerKind.GITHUB);
    work.work(desk.jobs().subList(0, 1));

    assertThat(Objects.requireNonNull(desk.tracker(TrackerKind.GITHUB).trial()).isPending())
        .isTrue();
  }

  private TrackerTrial trial(TrackerKind kind, String place) {
    desk.setUp(kind, server.baseUrl(), place, true);
    desk.shop.clock.pass(Duration.ofSeconds(1));
    assertThat(Objects.requireNonNull(desk.tryOut(kind).trial()).isPending()).isTrue();
    work.work();
    return Objects.requireNonNull(desk.tracker(kind).trial());
  }

  private String problem(TrackerKind kind, String place) {
    TrackerTrial trial = trial(kind, place);
    assertThat(trial.status()).isEqualTo("failed");
    assertThat(server.getAllServeEvents().stream().map(event -> event.getRequest()).toList())
        .extracting(LoggedRequest::getBodyAsString)
        .noneMatch(body -> body.contains("token-of-the-tracker"));
    return String.valueOf(trial.problem());
  }

  private void answer(String path, String json) {
    server.stubFor(get(urlPathEqualTo(path)).willReturn(okJson(json)));
  }

  private void answerScoped(String scopes, String repository) {
    server.stubFor(
        get(urlPathEqualTo("/repos/acme/shop"))
            .willReturn(okJson(repository).withHeader("X-OAuth-Scopes", scopes)));
  }

  private void refuse(int status, String json) {
    server.stubFor(any(anyUrl()).willReturn(okJson(json).withStatus(status)));
  }
}
