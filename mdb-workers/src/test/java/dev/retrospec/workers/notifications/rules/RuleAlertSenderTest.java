package dev.retrospec.workers.notifications.rules;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.retrospec.alerts.AlertChannelKind;
import dev.retrospec.alerts.AlertDelivery;
import dev.retrospec.alerts.AlertDeliveryView;
import dev.retrospec.alerts.AlertOffice;
import dev.retrospec.alerts.SavedRule;
import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.browser.NameLookup;
import dev.retrospec.workers.messages.mail.Letters;
import dev.retrospec.workers.notifications.NotificationJob;
import dev.retrospec.workers.notifications.webhook.OperatorsHook;
import dev.retrospec.workers.notifications.webhook.PinnedPost;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an event to what Slack, Teams, a webhook and a mail server hear, by real jobs. */
class RuleAlertSenderTest {

  private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort());
  private static final RuleSettings NEW_ISSUES = RuleSettings.of(RuleEvent.NEW_ISSUE);

  private final GreenMail mail = new GreenMail(new ServerSetup(0, null, ServerSetup.PROTOCOL_SMTP));
  private AlertOffice office;
  private JobRun run;
  private NotificationJob work;

  @BeforeEach
  void open() {
    if (!SERVER.isRunning()) {
      SERVER.start();
    }
    SERVER.resetAll();
    mail.start();
    open(mail.getSmtp().getPort());
  }

  private void open(int mailPort) {
    office =
        new AlertOffice(
            "SLACK_API_URL", SERVER.baseUrl() + "/api/",
            "SMTP_HOST", "127.0.0.1",
            "SMTP_PORT", String.valueOf(mailPort),
            "SMTP_SECURITY", "none",
            "NOTIFICATION_FROM_EMAIL", "RetroSpec <alerts@retrospec.test>",
            "RETROSPEC_PUBLIC_URL", "https://retrospec.test",
            "ALERT_MAX_ATTEMPTS", "3",
            "ALERT_RETRY_BASE_MS", "1000");
    run =
        new JobRun(
            office.outbox.attempts,
            new Courtesy(() -> 0, new YieldConfig(1)),
            office.outbox.meters);
    work =
        new NotificationJob(
            new AlertDelivery(null, null, null, office.outbox.meters, office.shop.clock),
            new OperatorsHook(new PinnedPost(), office.shop.clock),
            office.release,
            new RuleAlertSender(
                office.delivery,
                office.config,
                new PinnedPost(
                    NameLookup.SYSTEM,
                    (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    Duration.ofSeconds(2)),
                new Letters(),
                office.shop.clock));
    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(204)));
    SERVER.stubFor(post("/teams").willReturn(aResponse().withStatus(202)));
    SERVER.stubFor(post("/slack").willReturn(aResponse().withStatus(200).withBody("ok")));
    SERVER.stubFor(
        post("/api/chat.postMessage")
            .willReturn(okJson("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.000100\"}")));
    SERVER.stubFor(
        post("/api/chat.update")
            .willReturn(okJson("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.000100\"}")));
  }

  @AfterEach
  void close() {
    mail.stop();
    office.shop.jdbi.useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void aWebhookGetsASignedBodyThatProvesWhoSentItAndWhen() throws Exception {
    SavedRule rule = office.rule(NEW_ISSUES, AlertOffice.hook(SERVER.baseUrl() + "/hook"));
    office.issue("boom");

    work();

    LoggedRequest request = heard("/hook").get(0);
    String signature = request.getHeader("X-Retrospec-Signature");
    long at = office.shop.clock.instant().getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    String key = rule.newSecrets().values().iterator().next();
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String wanted =
        HexFormat.of()
            .formatHex(
                mac.doFinal(
                    (at + "." + request.getBodyAsString()).getBytes(StandardCharsets.UTF_8)));
    assertThat(signature).isEqualTo("t=" + at + ",v1=" + wanted);
    assertThat(request.getHeader("Idempotency-Key")).isEqualTo(only().id().value());
    JsonNode body = Json.read(request.getBodyAsString(), JsonNode.class);
    assertThat(body.get("event").asText()).isEqualTo("issue_cluster_promoted");
    assertThat(body.at("/alert/url").asText()).startsWith("https://retrospec.test/admin/issues/v");
    assertThat(only().status()).isEqualTo("sent");
    assertThat(only().httpStatus()).isEqualTo(204);
  }

  @Test
  void slackTeamsAndLettersSayTheSameInTheirOwnWay() throws Exception {
    office.rule(
        NEW_ISSUES,
        AlertOffice.posting(AlertChannelKind.SLACK, SERVER.baseUrl() + "/slack"),
        AlertOffice.posting(AlertChannelKind.TEAMS, SERVER.baseUrl() + "/teams"),
        AlertOffice.letters("ada@example.com"));
    office.issue("boom <!channel> [x](http://evil.test)");

    work();

    assertThat(office.told()).extracting(AlertDeliveryView::status).containsOnly("sent");
    JsonNode slack = body("/slack", 0);
    assertThat(slack.path("text").asText())
        .startsWith("New issue in ")
        .contains("&lt;!channel&gt;")
        .doesNotContain("<!channel>");
    JsonNode card = body("/teams", 0).at("/attachments/0/content");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/1/text").asText()).contains("\\[x\\]\\(http://evil.test\\)");
    MimeMessage letter = mail.getReceivedMessages()[0];
    assertThat(letter.getSubject()).startsWith("[RetroSpec] New issue in ");
    assertThat(letter.getHeader("Message-ID")[0]).contains("delivery_");
    String html = ((MimeMultipart) letter.getContent()).getBodyPart(1).getContent().toString();
    assertThat(html).contains("&lt;!channel&gt;").doesNotContain("<!channel>");
  }

  @Test
  void aBotsMessageFollowsItsIssueAndItsThreadTellsWhat() {
    office.rule(NEW_ISSUES, AlertOffice.bot("#alerts"));
    ClusterKey key = office.issue("boom");
    work();

    office.resolve(key);
    work();
    office.shop.clock.pass(Duration.ofSeconds(10));
    office.comeBack(key, "boom", "s3");
    work();

    assertThat(body("/api/chat.postMessage", 0).path("channel").asText()).isEqualTo("#alerts");
    assertThat(heard("/api/chat.postMessage").get(0).getHeader("Authorization"))
        .isEqualTo("Bearer xoxb-token");
    assertThat(body("/api/chat.update", 0).path("channel").asText()).isEqualTo("C1");
    assertThat(body("/api/chat.update", 0).path("ts").asText()).isEqualTo("17.000100");
    assertThat(body("/api/chat.update", 0).toString()).contains("Resolved");
    assertThat(body("/api/chat.update", 1).toString()).contains("Regressed");
    assertThat(body("/api/chat.postMessage", 1).path("thread_ts").asText()).isEqualTo("17.000100");
    assertThat(body("/api/chat.postMessage", 1).path("text").asText()).contains("was resolved");
    assertThat(body("/api/chat.postMessage", 2).path("text").asText()).contains("is back");
    assertThat(office.told())
        .extracting(AlertDeliveryView::purpose, AlertDeliveryView::status)
        .containsExactly(tuple("tell", "sent"), tuple("update", "sent"), tuple("update", "sent"));
  }

  @Test
  void theThreadOfAMessageAboutSeveralIssuesNamesTheOneThatChanged() {
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.NEW_ISSUE), null, null, null, GroupBy.KIND, 60, null),
        AlertOffice.bot("#alerts"));
    Map<ClusterKey, String> issues =
        Map.of(office.issue("boom"), "boom", office.issue("bang"), "bang");
    work();
    ClusterKey lead = only().clusterKey();
    ClusterKey other =
        issues.keySet().stream().filter(key -> !key.equals(lead)).findFirst().orElseThrow();

    office.resolve(other);
    work();

    assertThat(body("/api/chat.postMessage", 0).path("text").asText()).contains(issues.get(lead));
    assertThat(body("/api/chat.postMessage", 1).path("text").asText())
        .contains(issues.get(other), "was resolved")
        .doesNotContain(issues.get(lead));
    assertThat(body("/api/chat.update", 0).path("text").asText()).contains(issues.get(lead));
  }

  @Test
  void slacksNoIsAFailureThatSaysWhy() {
    SERVER.stubFor(
        post("/api/chat.postMessage")
            .willReturn(okJson("{\"ok\":false,\"error\":\"channel_not_found\"}")));
    office.rule(NEW_ISSUES, AlertOffice.bot("#alerts"));
    office.issue("boom");

    work();

    assertThat(only().status()).isEqualTo("pending");
    assertThat(only().errorMessage()).isEqualTo("Slack says no: channel_not_found");
  }

  @Test
  void aServerThatFailsIsAskedAgainUntilTheJobIsGivenUpAndSomebodyHasItSentAgain() {
    SERVER.stubFor(
        post("/hook").willReturn(aResponse().withStatus(500).withBody("<b>down</b>\nfor now")));
    office.rule(NEW_ISSUES, AlertOffice.hook(SERVER.baseUrl() + "/hook"));
    office.issue("boom");
    for (int attempt = 0; attempt < 4; attempt++) {
      work();
      office.shop.clock.pass(Duration.ofMinutes(1));
    }

    assertThat(heard("/hook")).hasSize(3);
    assertThat(heard("/hook"))
        .extracting(request -> request.getHeader("Idempotency-Key"))
        .containsOnly(only().id().value());
    assertThat(only().status()).isEqualTo("failed");
    assertThat(only().attempts()).isEqualTo(3);
    assertThat(only().httpStatus()).isEqualTo(500);
    assertThat(only().answer()).isEqualTo("<b>down</b> for now");

    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(200)));
    office.shop.database.inTransaction(() -> office.tests.again(office.project, only().id()));
    work();

    assertThat(only().status()).isEqualTo("sent");
  }

  @Test
  void aServerThatAsksToWaitIsNotAskedBefore() {
    SERVER.stubFor(
        post("/hook").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "300")));
    office.rule(NEW_ISSUES, AlertOffice.hook(SERVER.baseUrl() + "/hook"));
    office.issue("boom");
    work();

    office.shop.clock.pass(Duration.ofSeconds(299));
    work();
    assertThat(heard("/hook")).hasSize(1);
    office.shop.clock.pass(Duration.ofSeconds(1));
    work();

    assertThat(heard("/hook")).hasSize(2);
  }

  @Test
  void redirectsAreNotFollowed() {
    SERVER.stubFor(
        post("/hook")
            .willReturn(
                aResponse().withStatus(307).withHeader("Location", SERVER.baseUrl() + "/slack")));
    office.rule(NEW_ISSUES, AlertOffice.hook(SERVER.baseUrl() + "/hook"));
    office.issue("boom");

    work();

    assertThat(heard("/slack")).isEmpty();
    assertThat(only().errorMessage()).contains("307", "redirects are not followed");
  }

  @Test
  void whatMayHaveArrivedIsRepeatedForAWebhookAndNeverForAChat() {
    SERVER.stubFor(post("/hook").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    SERVER.stubFor(post("/teams").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    SERVER.stubFor(post("/slack").willReturn(aResponse().withStatus(200).withFixedDelay(4_000)));
    office.rule(
        NEW_ISSUES,
        AlertOffice.hook(SERVER.baseUrl() + "/hook"),
        AlertOffice.posting(AlertChannelKind.TEAMS, SERVER.baseUrl() + "/teams"),
        AlertOffice.posting(AlertChannelKind.SLACK, SERVER.baseUrl() + "/slack"));
    office.issue("boom");
    work();
    office.shop.clock.pass(Duration.ofMinutes(1));
    work();

    assertThat(heard("/hook")).hasSize(2);
    assertThat(heard("/teams")).hasSize(1);
    assertThat(heard("/slack")).hasSize(1);
    assertThat(office.told())
        .extracting(AlertDeliveryView::status)
        .containsExactly("pending", "unknown", "unknown");
  }

  @Test
  void aSignalThatComesTwiceSendsOnce() {
    office.rule(NEW_ISSUES, AlertOffice.hook(SERVER.baseUrl() + "/hook"));
    office.issue("boom");
    List<JobId> first = office.jobs();
    first.forEach(job -> run.run(job, work));
    List<JobId> second = office.jobs();
    for (int i = 0; i < 3; i++) {
      first.forEach(job -> run.run(job, work));
      second.forEach(job -> run.run(job, work));
    }

    assertThat(heard("/hook")).hasSize(1);
  }

  @Test
  void aMailServerThatIsAwayIsAskedAgain() {
    mail.stop();
    office.rule(NEW_ISSUES, AlertOffice.letters("ada@example.com"));
    office.issue("boom");

    work();

    assertThat(only().status()).isEqualTo("pending");
    assertThat(only().errorMessage()).isEqualTo("The mail server did not take the letter");
  }

  @Test
  void aLetterThatReachedSomeSaysWhomItDidNotReach() throws Exception {
    try (PickyMailServer picky = new PickyMailServer("bob@example.com")) {
      open(picky.port());
      office.rule(NEW_ISSUES, AlertOffice.letters("ada@example.com", "bob@example.com"));
      office.issue("boom");

      work();

      assertThat(only().status()).isEqualTo("sent");
      assertThat(only().answer())
          .isEqualTo("The mail server took it for 1 of 2; refused: bob@example.com");
    }
  }

  @Test
  void anAddressThatBecamePrivateGetsNothing() {
    office.rule(NEW_ISSUES, AlertOffice.hook("https://localtest.invalid/hook"));
    office.issue("boom");

    work();

    assertThat(only().status()).isEqualTo("pending");
    assertThat(only().errorMessage()).contains("name is not known");
  }

  /** Until no job can be begun; jobs that wait for their time are brought back by the sweep. */
  private void work() {
    office.shop.database.inTransaction(() -> office.outbox.sweep.sweep());
    for (int round = 0; round < 3; round++) {
      office.jobs().forEach(job -> run.run(job, work));
    }
  }

  private AlertDeliveryView only() {
    assertThat(office.told()).hasSize(1);
    return office.told().get(0);
  }

  private static List<LoggedRequest> heard(String path) {
    return SERVER.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private static JsonNode body(String path, int number) {
    return Json.read(heard(path).get(number).getBodyAsString(), JsonNode.class);
  }
}
