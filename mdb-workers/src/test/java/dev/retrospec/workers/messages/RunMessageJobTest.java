package dev.retrospec.workers.messages;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
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
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.MessageDesk;
import dev.retrospec.notifications.NotificationStatus;
import dev.retrospec.notifications.NotificationView;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReports;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.github.Gists;
import dev.retrospec.workers.messages.github.GitHubApi;
import dev.retrospec.workers.messages.github.PullRequestComments;
import dev.retrospec.workers.messages.mail.Letters;
import dev.retrospec.workers.messages.slack.SlackMessages;
import dev.retrospec.workers.messages.webhook.RunHook;
import dev.retrospec.workers.notifications.webhook.Webhook;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a report to what Slack, GitHub, the mail server and the webhook have heard. */
class RunMessageJobTest {

  private static final String COMMENTS = "/repos/acme/shop/issues/123/comments";

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final GreenMail mail = new GreenMail(new ServerSetup(0, null, ServerSetup.PROTOCOL_SMTP));

  private final TestRunId run = TestRunId.mint();
  private MessageDesk desk;
  private JobRun jobRun;
  private RunMessageJob work;

  @BeforeEach
  void open() {
    mail.start();
    open(
        "SLACK_WEBHOOK_URL", SERVER.baseUrl() + "/slack",
        "GITHUB_TOKEN", "ghp_token",
        "GITHUB_API_URL", SERVER.baseUrl(),
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", String.valueOf(mail.getSmtp().getPort()),
        "SMTP_SECURITY", "none",
        "NOTIFICATION_FROM_EMAIL", "RetroSpec <ci@retrospec.test>",
        "NOTIFICATION_EMAILS", "team@example.com",
        "NOTIFY_WEBHOOK_URL", SERVER.baseUrl() + "/hook",
        "NOTIFY_WEBHOOK_AUTH_HEADER", "Bearer s3cret",
        "RETROSPEC_PUBLIC_URL", "https://retrospec.test",
        "RUN_MESSAGE_MAX_ATTEMPTS", "2",
        "RUN_MESSAGE_RETRY_BASE_MS", "1000");
    SERVER.stubFor(post("/slack").willReturn(aResponse().withStatus(200).withBody("ok")));
    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(202)));
    SERVER.stubFor(get(urlPathEqualTo(COMMENTS)).willReturn(okJson("[]")));
    SERVER.stubFor(
        post(COMMENTS)
            .willReturn(
                okJson("{\"id\":501,\"html_url\":\"https://github.test/c/501\"}").withStatus(201)));
    SERVER.stubFor(
        patch(anyUrl())
            .willReturn(okJson("{\"id\":501,\"html_url\":\"https://github.test/c/501\"}")));
    SERVER.stubFor(
        post("/gists")
            .willReturn(
                okJson("{\"id\":\"abc1\",\"html_url\":\"https://gist.github.test/bot/abc1\"}")
                    .withStatus(201)));
  }

  private void open(String... settings) {
    desk = new MessageDesk(settings);
    work =
        new RunMessageJob(
            desk.delivery,
            new SlackMessages(new Webhook()),
            new PullRequestComments(new GitHubApi(), desk.delivery),
            new Gists(new GitHubApi()),
            new Letters(),
            new RunHook(new Webhook()));
    jobRun =
        new JobRun(
            desk.outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), desk.outbox.meters);
  }

  @AfterEach
  void emptyTheOutbox() {
    mail.stop();
    desk.database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void everyChannelHearsOfAFailedRun() {
    tell(aReport().of(run).make());

    assertThat(desk.notifications.ofRun(desk.project, run))
        .extracting(NotificationView::channel, NotificationView::status, NotificationView::address)
        .containsExactlyInAnyOrder(
            tuple(Channel.SLACK, NotificationStatus.SENT, null),
            tuple(Channel.GITHUB, NotificationStatus.SENT, "https://github.test/c/501"),
            tuple(Channel.EMAIL, NotificationStatus.SENT, null),
            tuple(Channel.WEBHOOK, NotificationStatus.SENT, null));
  }

  @Test
  void slackGetsAShortSummaryAndButtons() {
    tell(aReport().of(run).make());

    JsonNode body = sent("/slack");
    assertThat(body.path("text").asText())
        .isEqualTo("1 of 120 tests failed on feature/new-ui (abc123de)");
    assertThat(body.findValuesAsText("type")).contains("header", "section", "context", "actions");
    assertThat(body.at("/blocks/2/text/text").asText())
        .isEqualTo(
            "*1 of 120 tests failed*\n• `test_api_integration` Connection refused\n"
                + "The client calls `/api/auth` before the server listens.");
    assertThat(body.at("/blocks/3/text/text").asText())
        .contains(
            "*92.3% match* - <https://retrospec.test/admin/patterns/" + RunReports.PATTERN.value())
        .contains("|API connection failure in auth module> (occurred 5 times)")
        .contains("|POST /api/auth 502>, 143 users in 150 recorded sessions");
    assertThat(body.at("/blocks/4/text/text").asText())
        .contains("1. `test_api_auth` - Similar failure pattern (92% match)");
    JsonNode buttons = body.at("/blocks/6/elements");
    assertThat(buttons.findValuesAsText("url"))
        .containsExactly(
            page("runs/" + run.value()),
            "https://ci.test/screenshot.png",
            "https://ci.test/page.html",
            "https://ci.test/network.har",
            "https://ci.test/console.log",
            page("patterns/" + RunReports.PATTERN.value()));
    assertThat(buttons.at("/0/text/text").asText()).isEqualTo("View Full Report");
    assertThat(buttons.at("/0/style").asText()).isEqualTo("primary");
  }

  @Test
  void thePullRequestGetsTheDocumentedComment() {
    tell(aReport().of(run).make());

    SERVER.verify(
        postRequestedFor(urlEqualTo(COMMENTS))
            .withHeader("Authorization", equalTo("Bearer ghp_token"))
            .withHeader("Accept", equalTo("application/vnd.github+json")));
    String comment = sent(COMMENTS).path("body").asText();
    assertThat(comment)
        .startsWith("<!-- retrospec:run-report project=" + desk.project.value() + " -->\n")
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
            "[Full report](" + page("runs/" + run.value()) + ")")
        .doesNotContain("john@example.com");
  }

  @Test
  void thePullRequestHasOneCommentThatFollowsTheRuns() {
    tell(aReport().of(run).make());
    desk.clock.pass(Duration.ofMinutes(5));
    TestRunId second = TestRunId.mint();
    tell(aReport().of(second).failing("another_test", "Timeout", null).make());
    desk.clock.pass(Duration.ofMinutes(5));
    tell(aReport().of(TestRunId.mint()).at("fedcba98").passed().make());

    SERVER.verify(1, postRequestedFor(urlEqualTo(COMMENTS)));
    SERVER.verify(
        patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/501"))
            .withRequestBody(matchingJsonPath("$.body", containing("another_test"))));
    SERVER.verify(
        patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/501"))
            .withRequestBody(matchingJsonPath("$.body", containing("## ✅ Backend Tests Passed"))));
    SERVER.verify(2, postRequestedFor(urlEqualTo("/slack"))); // not of the run that passed
  }

  @Test
  void anOlderRunNeverReplacesANewerOneInTheComment() {
    SERVER.stubFor(post(COMMENTS).willReturn(aResponse().withStatus(502)));
    tell(aReport().of(run).make());
    SERVER.stubFor(post(COMMENTS).willReturn(okJson("{\"id\":7}").withStatus(201)));
    desk.clock.pass(Duration.ofMinutes(1));
    TestRunId newer = TestRunId.mint();
    tell(aReport().of(newer).make());

    desk.outbox.sweep.sweep();
    run(desk.jobs(run, Channel.GITHUB));

    assertThat(desk.only(run, Channel.GITHUB).status()).isEqualTo(NotificationStatus.SKIPPED);
    assertThat(desk.only(run, Channel.GITHUB).errorMessage())
        .isEqualTo("A newer run stands in the comment");
    SERVER.verify(0, patchRequestedFor(anyUrl()));
  }

  @Test
  void aCommentWhoseNumberIsLostIsFoundByItsMarker() {
    String marker = "<!-- retrospec:run-report project=" + desk.project.value() + " -->";
    SERVER.stubFor(
        get(COMMENTS + "?per_page=100")
            .willReturn(
                okJson("[{\"id\":1,\"body\":\"Looks good\"}]")
                    .withHeader(
                        "Link",
                        "<%s%s?per_page=100&page=2>; rel=\"next\""
                            .formatted(SERVER.baseUrl(), COMMENTS))));
    SERVER.stubFor(
        get(COMMENTS + "?per_page=100&page=2")
            .willReturn(okJson("[{\"id\":42,\"body\":\"%s old\"}]".formatted(marker))));

    tell(aReport().of(run).make());

    SERVER.verify(patchRequestedFor(urlEqualTo("/repos/acme/shop/issues/comments/42")));
    SERVER.verify(0, postRequestedFor(urlEqualTo(COMMENTS)));
  }

  @Test
  void aCommentThatSomebodyDeletedIsMadeAgain() {
    tell(aReport().of(run).make());
    SERVER.stubFor(patch(anyUrl()).willReturn(aResponse().withStatus(404)));
    desk.clock.pass(Duration.ofMinutes(5));

    tell(aReport().of(TestRunId.mint()).make());

    SERVER.verify(2, postRequestedFor(urlEqualTo(COMMENTS)));
  }

  @Test
  void theTokenDoesNotFollowToAnotherServer() {
    SERVER.stubFor(
        get(urlPathEqualTo(COMMENTS))
            .willReturn(
                aResponse().withStatus(301).withHeader("Location", "http://127.0.0.1:1/steal")));

    tell(aReport().of(run).make());

    assertThat(desk.only(run, Channel.GITHUB).errorMessage()).startsWith("GitHub answered 301");
  }

  @Test
  void aRenamedRepositoryIsFollowed() {
    SERVER.stubFor(
        post(COMMENTS)
            .willReturn(
                aResponse()
                    .withStatus(307)
                    .withHeader("Location", SERVER.baseUrl() + "/repositories/9/comments")));
    SERVER.stubFor(
        post("/repositories/9/comments").willReturn(okJson("{\"id\":9}").withStatus(201)));

    tell(aReport().of(run).make());

    assertThat(desk.only(run, Channel.GITHUB).status()).isEqualTo(NotificationStatus.SENT);
  }

  @Test
  void aLongReportIsASecretGistToWhichSlackLeads() {
    tell(
        aReport()
            .of(run)
            .failing("test_api_integration", "Connection refused", "at api.ts:10\nat main.ts:3")
            .analysed("## Root cause\n\n" + "The server is not up. ".repeat(40))
            .make());

    SERVER.verify(
        postRequestedFor(urlEqualTo("/gists"))
            .withHeader("Authorization", equalTo("Bearer ghp_token"))
            .withRequestBody(matchingJsonPath("$.public", equalTo("false"))));
    String report = sent("/gists").at("/files/failure-report.md/content").asText();
    assertThat(report)
        .contains(
            "# 🚨 Backend Tests Failed",
            "| Commit | `abc123def456` |",
            "| Author | john |",
            "#### Root cause",
            "at api.ts:10\nat main.ts:3",
            "**92.3% match**",
            "- `test_api_auth` - Similar failure pattern (92% match) (confidence 85.0%)",
            "```diff\ndiff --git a/src/api.ts b/src/api.ts",
            "| 120 | 1 | 1 | 2 | 1 min 5 s | 1 | 2 |");
    JsonNode buttons = sent("/slack").at("/blocks/6/elements");
    assertThat(buttons.at("/0/text/text").asText()).isEqualTo("View Full Report");
    assertThat(buttons.at("/0/url").asText()).isEqualTo("https://gist.github.test/bot/abc1");
    assertThat(buttons.at("/1/url").asText()).isEqualTo(page("runs/" + run.value()));
    assertThat(sent("/slack").at("/blocks/2/text/text").asText().length()).isLessThanOrEqualTo(500);
    assertThat(desk.only(run, Channel.GIST).address())
        .isEqualTo("https://gist.github.test/bot/abc1");
  }

  @Test
  void theGistIsChangedWhenMoreIsKnown() {
    tell(aReport().of(run).analysed("First words. ".repeat(50)).make());
    tell(aReport().of(run).analysed("Better words. ".repeat(50)).make());

    SERVER.verify(1, postRequestedFor(urlEqualTo("/gists")));
    SERVER.verify(
        patchRequestedFor(urlEqualTo("/gists/abc1"))
            .withRequestBody(
                matchingJsonPath(
                    "$.files['failure-report.md'].content", containing("Better words."))));
    SERVER.verify(1, postRequestedFor(urlEqualTo("/slack")));
    SERVER.verify(1, postRequestedFor(urlEqualTo("/hook")));
  }

  @Test
  void withoutTheGistSlackLeadsToTheRunsPage() {
    SERVER.stubFor(post("/gists").willReturn(aResponse().withStatus(500)));

    tell(aReport().of(run).analysed("x".repeat(600)).make());

    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(sent("/slack").at("/blocks/6/elements/0/url").asText())
        .isEqualTo(page("runs/" + run.value()));
    assertThat(desk.only(run, Channel.GIST).status()).isEqualTo(NotificationStatus.PENDING);
  }

  @Test
  void theLetterHasTextAndEscapedHtml() throws MessagingException, IOException {
    tell(
        aReport()
            .of(run)
            .on("feature/<b>new</b>")
            .failing("test_html", "expected <script>alert('x')</script>", "at <anonymous>")
            .make());

    MimeMessage[] letters = mail.getReceivedMessages();
    assertThat(letters).hasSize(2);
    MimeMessage letter = letters[0];
    assertThat(letter.getSubject())
        .isEqualTo("[RetroSpec] 1 of 120 tests failed on feature/<b>new</b> (abc123de)");
    assertThat(letter.getFrom()[0]).hasToString("RetroSpec <ci@retrospec.test>");
    assertThat(letter.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("team@example.com", "john@example.com");
    assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMultipart parts = (MimeMultipart) letter.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(text(parts.getBodyPart(0)))
        .contains("1 of 120 tests failed.", "* test_html", "    expected <script>")
        .contains("* 92.3% match - API connection failure in auth module (occurred 5 times)")
        .contains("* Network HAR: https://ci.test/network.har");
    assertThat(text(parts.getBodyPart(1)))
        .contains("expected &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;b&gt;new")
        .contains("<a href=\"https://ci.test/screenshot.png\">Screenshot</a>")
        .doesNotContain("<script>", "<b>new");
  }

  @Test
  void theWebhookGetsTheReportAsItIs() {
    tell(aReport().of(run).make());

    SERVER.verify(
        postRequestedFor(urlEqualTo("/hook"))
            .withHeader("Authorization", equalTo("Bearer s3cret"))
            .withRequestBody(matchingJsonPath("$.event", equalTo("test_run_failed")))
            .withRequestBody(matchingJsonPath("$.projectId", equalTo(desk.project.value())))
            .withRequestBody(matchingJsonPath("$.run.runId", equalTo(run.value())))
            .withRequestBody(matchingJsonPath("$.run.outcome", equalTo("failed")))
            .withRequestBody(
                matchingJsonPath(
                    "$.run.failedTests[0].testName", equalTo("test_api_integration"))));
    SERVER.verify(postRequestedFor(urlEqualTo("/slack")).withHeader("Authorization", absent()));
  }

  @Test
  void oneChannelThatFailsStopsNoOther() {
    SERVER.stubFor(post("/slack").willReturn(aResponse().withStatus(500)));

    tell(aReport().of(run).make());

    assertThat(desk.only(run, Channel.SLACK))
        .satisfies(
            slack -> {
              assertThat(slack.status()).isEqualTo(NotificationStatus.PENDING);
              assertThat(slack.errorMessage()).isEqualTo("The webhook answered 500");
            });
    assertThat(
            desk.notifications.ofRun(desk.project, run).stream()
                .filter(one -> one.channel() != Channel.SLACK))
        .hasSize(3)
        .allMatch(one -> one.status() == NotificationStatus.SENT);
  }

  @Test
  void aChannelThatComesBackIsTriedAgainAndOneThatStaysAwayHasFailed() {
    SERVER.stubFor(post("/slack").willReturn(aResponse().withStatus(500)));
    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(500)));
    tell(aReport().of(run).make());
    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(200)));

    desk.clock.pass(Duration.ofSeconds(5));
    desk.outbox.sweep.sweep();
    run(desk.jobs(run, Channel.SLACK));
    run(desk.jobs(run, Channel.WEBHOOK));

    assertThat(desk.only(run, Channel.SLACK))
        .satisfies(
            slack -> {
              assertThat(slack.status()).isEqualTo(NotificationStatus.FAILED);
              assertThat(slack.attempts()).isEqualTo(2);
              assertThat(slack.errorMessage()).isEqualTo("The webhook answered 500");
            });
    assertThat(desk.only(run, Channel.WEBHOOK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(desk.outbox.queries.depths().get(JobKind.RUN_MESSAGE).failedDepth())
        .isEqualTo(1); // a dead letter
  }

  @Test
  void aMailServerThatIsAwayIsAFailureThatSaysSo() {
    open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", "1",
        "SMTP_SECURITY", "none",
        "NOTIFICATION_EMAILS", "team@example.com");

    tell(aReport().of(run).make());

    assertThat(desk.only(run, Channel.EMAIL).errorMessage())
        .isEqualTo("The mail server did not take the letter");
  }

  @Test
  void aServerWithoutEncryptionGetsNoLetterUnlessItIsAllowed() {
    open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", String.valueOf(mail.getSmtp().getPort()),
        "NOTIFICATION_EMAILS", "team@example.com");

    tell(aReport().of(run).make());

    assertThat(mail.getReceivedMessages()).isEmpty();
    assertThat(desk.only(run, Channel.EMAIL).status()).isEqualTo(NotificationStatus.PENDING);
  }

  @Test
  void theMailServersLoginIsUsed() {
    mail.setUser("retrospec", "right");
    tellByMailWith("wrong");
    assertThat(desk.only(run, Channel.EMAIL).errorMessage())
        .isEqualTo("The mail server refuses SMTP_USER and SMTP_PASSWORD");

    tellByMailWith("right");
    assertThat(desk.only(run, Channel.EMAIL).status()).isEqualTo(NotificationStatus.SENT);
  }

  private void tellByMailWith(String password) {
    open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", String.valueOf(mail.getSmtp().getPort()),
        "SMTP_SECURITY", "none",
        "SMTP_USER", "retrospec",
        "SMTP_PASSWORD", password,
        "NOTIFICATION_EMAILS", "team@example.com");
    tell(aReport().of(run).make());
  }

  @Test
  void theGithubServerIsAskedForTheCommentOnce() {
    tell(aReport().of(run).make());

    SERVER.verify(1, getRequestedFor(urlPathEqualTo(COMMENTS)));
  }

  /** Asks for the messages, and works until no job of theirs can be begun. */
  private void tell(RunReport report) {
    desk.request(report);
    for (int round = 0; round < 2; round++) { // the second one: those that waited for the Gist
      desk.notifications
          .ofRun(desk.project, report.runId())
          .forEach(message -> run(desk.jobs(message.id())));
    }
  }

  private void run(List<JobId> jobs) {
    jobs.forEach(job -> jobRun.run(job, work));
  }

  private String page(String rest) {
    return "https://retrospec.test/admin/" + rest + "?project=" + desk.project.value();
  }

  private static JsonNode sent(String path) {
    return Json.read(
        SERVER.findAll(postRequestedFor(urlEqualTo(path))).get(0).getBodyAsString(),
        JsonNode.class);
  }

  private static String text(Part part) throws MessagingException, IOException {
    return part.getContent() instanceof String text
        ? text.replace("\r\n", "\n")
        : new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
