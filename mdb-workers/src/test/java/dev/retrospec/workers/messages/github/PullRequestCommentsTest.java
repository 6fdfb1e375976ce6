package dev.retrospec.workers.messages.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.NotificationStatus;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.PostRoom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the one comment of a pull request. */
class PullRequestCommentsTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void thePullRequestGetsTheDocumentedComment() {
    room.tell(aReport().of(run).make());

    room.server()
        .verify(
            postRequestedFor(urlEqualTo(PostRoom.COMMENTS))
                .withHeader("Authorization", equalTo("Bearer ghp_token"))
                .withHeader("Accept", equalTo("application/vnd.github+json")));
    String comment = room.sent(PostRoom.COMMENTS).path("body").asText();
    assertThat(comment)
        .startsWith("<!-- retrospec:run-report project=" + room.desk().project.value() + " -->\n")
        .containsSubsequence(
            "## 🚨 Backend Tests Failed\n\n**Commit:** `abc123def456`\n",
            "### Failed Tests (1)\n\n- **test_api_integration**",
            "  ```\n  Connection refused\n  ```\n",
            "### 📸 Snapshots\n\n- [Screenshot](https://ci.test/screenshot.png)\n"
                + "- [HTML Dump](https://ci.test/page.html)\n"
                + "- [Network HAR](https://ci.test/network.har)\n"
                + "- [Console Logs](https://ci.test/console.log)\n",
            "### 🔍 Similar Past Failures\n\n- **92.3% match** - [API connection failure in auth"
                + " module](",
            ") (occurred 5 times) · in production: [POST /api/auth 502](",
            "), 143 users in 150 recorded sessions\n",
            "### 💡 Recommended Tests to Run\n\n"
                + "- `test_api_auth` - Similar failure pattern (92% match)\n"
                + "- `test_auth_integration` - Related to changed file: src/auth/login.ts\n",
            "[Full report](" + room.page("runs/" + run.value()) + ")")
        .doesNotContain("john@example.com");
  }

  @Test
  void thePullRequestHasOneCommentThatFollowsTheRuns() {
    room.tell(aReport().of(run).make());
    room.desk().clock.pass(Duration.ofMinutes(5));
    TestRunId second = TestRunId.mint();
    room.tell(aReport().of(second).failing("another_test", "Timeout", null).make());
    room.desk().clock.pass(Duration.ofMinutes(5));
    room.tell(aReport().of(TestRunId.mint()).at("fedcba98").passed().make());

    room.server().verify(1, postRequestedFor(urlEqualTo(PostRoom.COMMENTS)));
    room.server()
        .verify(
            patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/501"))
                .withRequestBody(matchingJsonPath("$.body", containing("another_test"))));
    room.server()
        .verify(
            patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/501"))
                .withRequestBody(
                    matchingJsonPath("$.body", containing("## ✅ Backend Tests Passed"))));
    room.server().verify(2, postRequestedFor(urlEqualTo("/slack"))); // not of the run that passed
  }

  @Test
  void anOlderRunNeverReplacesANewerOneInTheComment() {
    room.server().stubFor(post(PostRoom.COMMENTS).willReturn(aResponse().withStatus(502)));
    room.tell(aReport().of(run).make());
    room.server().stubFor(post(PostRoom.COMMENTS).willReturn(okJson("{\"id\":7}").withStatus(201)));
    room.desk().clock.pass(Duration.ofMinutes(1));
    TestRunId newer = TestRunId.mint();
    room.tell(aReport().of(newer).make());

    room.desk().outbox.sweep.sweep();
    room.run(room.desk().jobs(run, Channel.GITHUB));

    assertThat(room.desk().only(run, Channel.GITHUB).status())
        .isEqualTo(NotificationStatus.SKIPPED);
    assertThat(room.desk().only(run, Channel.GITHUB).errorMessage())
        .isEqualTo("A newer run stands in the comment");
    room.server().verify(0, patchRequestedFor(anyUrl()));
  }

  @Test
  void aCommentWhoseNumberIsLostIsFoundByItsMarker() {
    String marker = "<!-- retrospec:run-report project=" + room.desk().project.value() + " -->";
    room.server()
        .stubFor(
            get(PostRoom.COMMENTS + "?per_page=100")
                .willReturn(
                    okJson(
                            "[{\"id\":1,\"body\":\"Looks good\"},{\"id\":2,\"body\":\"%s\",%s}]"
                                .formatted(marker, by("mallory", "User")))
                        .withHeader(
                            "Link",
                            "<%s%s?per_page=100&page=2>; rel=\"next\""
                                .formatted(room.server().baseUrl(), PostRoom.COMMENTS))));
    room.server()
        .stubFor(
            get(PostRoom.COMMENTS + "?per_page=100&page=2")
                .willReturn(
                    okJson(
                        "[{\"id\":42,\"body\":\"%s old\",%s}]"
                            .formatted(marker, by("retrospec-bot", "User")))));
    room.server().stubFor(get("/user").willReturn(okJson("{\"login\":\"retrospec-bot\"}")));

    room.tell(aReport().of(run).make());

    room.server().verify(patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/42")));
    room.server().verify(0, postRequestedFor(urlEqualTo(PostRoom.COMMENTS)));
  }

  /** The token of an app has no user. */
  @Test
  void anAppFindsTheCommentThatABotWrote() {
    String marker = "<!-- retrospec:run-report project=" + room.desk().project.value() + " -->";
    room.server()
        .stubFor(
            get(PostRoom.COMMENTS + "?per_page=100")
                .willReturn(
                    okJson(
                        "[{\"id\":2,\"body\":\"%s\",%s},{\"id\":43,\"body\":\"%s\",%s}]"
                            .formatted(
                                marker,
                                by("mallory", "User"),
                                marker,
                                by("shop-ci[bot]", "Bot")))));
    room.server().stubFor(get("/user").willReturn(aResponse().withStatus(403)));

    room.tell(aReport().of(run).make());

    room.server().verify(patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/43")));
  }

  private static String by(String login, String type) {
    return "\"user\":{\"login\":\"%s\",\"type\":\"%s\"}".formatted(login, type);
  }

  @Test
  void aCommentThatSomebodyDeletedIsMadeAgain() {
    room.tell(aReport().of(run).make());
    room.server().stubFor(patch(anyUrl()).willReturn(aResponse().withStatus(404)));
    room.desk().clock.pass(Duration.ofMinutes(5));

    room.tell(aReport().of(TestRunId.mint()).make());

    room.server().verify(2, postRequestedFor(urlEqualTo(PostRoom.COMMENTS)));
  }

  @Test
  void theTokenDoesNotFollowToAnotherServer() {
    room.server()
        .stubFor(
            get(urlPathEqualTo(PostRoom.COMMENTS))
                .willReturn(
                    aResponse()
                        .withStatus(301)
                        .withHeader("Location", "http://127.0.0.1:1/steal")));

    room.tell(aReport().of(run).make());

    assertThat(room.desk().only(run, Channel.GITHUB).errorMessage())
        .startsWith("GitHub answered 301");
  }

  @Test
  void aRenamedRepositoryIsFollowed() {
    room.server()
        .stubFor(
            post(PostRoom.COMMENTS)
                .willReturn(
                    aResponse()
                        .withStatus(307)
                        .withHeader(
                            "Location", room.server().baseUrl() + "/repositories/9/comments")));
    room.server()
        .stubFor(post("/repositories/9/comments").willReturn(okJson("{\"id\":9}").withStatus(201)));

    room.tell(aReport().of(run).make());

    assertThat(room.desk().only(run, Channel.GITHUB).status()).isEqualTo(NotificationStatus.SENT);
  }

  @Test
  void theGithubServerIsAskedForTheCommentOnce() {
    room.tell(aReport().of(run).make());

    room.server().verify(1, getRequestedFor(urlPathEqualTo(PostRoom.COMMENTS)));
  }

  @Test
  void twoJobsThatFailAtOneCommitShareTheComment() {
    room.tell(aReport().of(run).job("unit").failing("adds", "expected 3", null).make());
    room.desk().clock.pass(Duration.ofSeconds(20));
    room.tell(aReport().of(TestRunId.mint()).job("e2e").failing("pays", "late", null).make());
    room.desk().clock.pass(Duration.ofSeconds(20));
    room.tell(aReport().of(TestRunId.mint()).job("unit").passed().make());

    room.server().verify(1, postRequestedFor(urlEqualTo(PostRoom.COMMENTS)));
    List<String> bodies = changes();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).contains("- 🚨 `unit`: ", "- 🚨 `e2e`: ", "**adds**", "**pays**");
    assertThat(bodies.get(1))
        .contains("## 🚨 Backend Tests Failed", "- ✅ `unit`: ", "- 🚨 `e2e`: ", "**pays**")
        .doesNotContain("**adds**");
  }

  @Test
  void theCommentIsGreenOnceTheLastJobIs() {
    room.tell(aReport().of(run).job("unit").at("c1").make());
    room.desk().clock.pass(Duration.ofSeconds(20));
    room.tell(aReport().of(TestRunId.mint()).job("e2e").at("c1").make());
    room.desk().clock.pass(Duration.ofMinutes(5));
    room.tell(aReport().of(TestRunId.mint()).job("unit").at("c2").passed().make());
    room.desk().clock.pass(Duration.ofSeconds(20));
    room.tell(aReport().of(TestRunId.mint()).job("e2e").at("c2").passed().make());

    List<String> bodies = changes();
    assertThat(bodies).hasSize(3);
    assertThat(bodies.get(1)).contains("## ⏳ Backend Tests Passed So Far", "- ⏳ `e2e`: ");
    assertThat(bodies.get(2)).contains("## ✅ Backend Tests Passed", "are gone");
  }

  @Test
  void anotherPullRequestAndAnotherRepositoryAreOtherComments() {
    room.server().stubFor(get(urlPathMatching("/repos/.*/comments")).willReturn(okJson("[]")));
    room.tell(aReport().of(run).job("unit").make());
    room.tell(aReport().of(TestRunId.mint()).job("e2e").in("acme/other", 123).make());
    room.tell(aReport().of(TestRunId.mint()).job("e2e").in("Acme/Shop", 124).make());

    assertThat(room.server().findAll(postRequestedFor(urlPathMatching(".*/comments"))))
        .hasSize(3)
        .noneMatch(request -> request.getBodyAsString().contains("Failed Tests of"));
  }

  private List<String> changes() {
    return room.server().findAll(patchRequestedFor(anyUrl())).stream()
        .map(request -> Json.read(request.getBodyAsString(), JsonNode.class).path("body").asText())
        .toList();
  }
}
