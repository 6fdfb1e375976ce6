package dev.retrospec.workers.messages;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.retrospec.ids.JobId;
import dev.retrospec.notifications.MessageDesk;
import dev.retrospec.notifications.RunReport;
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
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * From a report to what Slack, GitHub, the mail server and the webhook have heard: the use cases on
 * the tests' database, the real senders, and servers on this machine that take everything until a
 * test says otherwise.
 */
public final class PostRoom implements BeforeEachCallback, AfterEachCallback {

  /** Of the pull request that reports are about. */
  public static final String COMMENTS = "/repos/acme/shop/issues/123/comments";

  /** One for all tests; it ends with them. */
  private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort());

  private final GreenMail mail = new GreenMail(new ServerSetup(0, null, ServerSetup.PROTOCOL_SMTP));
  private MessageDesk desk;
  private JobRun jobRun;
  private RunMessageJob work;

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!SERVER.isRunning()) {
      SERVER.start();
    }
    SERVER.resetAll();
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

  /** Opens it anew, with these settings by name, in pairs, and no others. */
  public void open(String... settings) {
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

  @Override
  public void afterEach(ExtensionContext context) {
    mail.stop();
    // Because the next test's sweep would find them.
    desk.database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  public MessageDesk desk() {
    return desk;
  }

  /** Slack, GitHub and the webhook in one. */
  public WireMockServer server() {
    return SERVER;
  }

  public GreenMail mail() {
    return mail;
  }

  /** Asks for the messages, and works until no job of theirs can be begun. */
  public void tell(RunReport report) {
    desk.request(report);
    for (int round = 0; round < 2; round++) { // the second one: those that waited for the Gist
      desk.notifications
          .ofRun(desk.project, report.runId())
          .forEach(message -> run(desk.jobs(message.id())));
    }
  }

  public void run(List<JobId> jobs) {
    jobs.forEach(job -> jobRun.run(job, work));
  }

  /** The address of a page. */
  public String page(String rest) {
    return "https://retrospec.test/admin/" + rest + "?project=" + desk.project.value();
  }

  /** What was posted there first. */
  public JsonNode sent(String path) {
    return Json.read(
        SERVER.findAll(postRequestedFor(urlEqualTo(path))).get(0).getBodyAsString(),
        JsonNode.class);
  }
}
