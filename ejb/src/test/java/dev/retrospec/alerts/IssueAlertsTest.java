package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.MarkerKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueAlertsTest {

  private final Incidents shop = new Incidents();
  private final Outbox outbox = new Outbox(shop.database, shop.clock, Map.of());
  private final AlertEvents events = new AlertEvents(shop.jdbi);
  private final AlertConfig config =
      new AlertConfig(
          Optional.of(URI.create("https://hooks.test/alerts")),
          Optional.of("Bearer secret"),
          List.of("a-secret-that-signs"),
          Duration.ofMinutes(60),
          0.5);
  private final AlertDelivery delivery =
      new AlertDelivery(events, shop.queries, config, shop.meters, shop.clock);

  @BeforeEach
  void observe() {
    observe(config);
  }

  private void observe(AlertConfig observed) {
    IssueAlerts alerts =
        new IssueAlerts(events, shop.queries, outbox.queue, observed, shop.meters, shop.clock);
    shop.promotions.observedBy(alerts::promoted);
    shop.regressions.observedBy(alerts::regressed);
  }

  @Test
  void newIssueQueuesOneAlertWithItsJob() {
    ClusterKey key = issue();

    AlertEvent alert = only(key);
    assertThat(alert.status()).isEqualTo("queued");
    assertThat(alert.event()).isEqualTo("issue_cluster_promoted");
    assertThat(
            shop.rows("select kind, subject from job where project_id = ?", shop.project.value()))
        .singleElement()
        .isEqualTo(Map.of("kind", "notification", "subject", alert.id().value()));
  }

  @Test
  void messageHasTheContractsShape() {
    ClusterKey key = issue();

    AlertMessage message = prepare(only(key)).orElseThrow();

    assertThat(message.url()).hasToString("https://hooks.test/alerts");
    assertThat(message.authorization()).contains("Bearer secret");
    assertThat(message.toString()).doesNotContain("secret");
    JsonNode body = Json.read(message.body(), JsonNode.class);
    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("event", "trigger", "sentAt", "projectId", "cluster");
    assertThat(body.get("event").asText()).isEqualTo("issue_cluster_promoted");
    assertThat(body.get("trigger").asText()).isEqualTo("ingest");
    assertThat(body.get("sentAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(body.get("projectId").asText()).isEqualTo(shop.project.value());
    JsonNode cluster = body.get("cluster");
    assertThat(cluster.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "key",
            "symptom",
            "sessionCount",
            "userCount",
            "confidence",
            "lastSeenAt",
            "representativeSessionId",
            "state",
            "assignee");
    assertThat(cluster.get("key").asText()).isEqualTo(key.value());
    assertThat(cluster.get("sessionCount").asInt()).isEqualTo(2);
    assertThat(cluster.get("userCount").asInt()).isEqualTo(2);
    assertThat(cluster.get("confidence").asDouble()).isEqualTo(0.685);
    assertThat(cluster.get("representativeSessionId").asText()).isEqualTo("s1");
    assertThat(cluster.get("state").asText()).isEqualTo("open");
  }

  @Test
  void sentAlertIsRecordedOnce() {
    AlertEvent alert = only(issue());

    shop.database.inTransaction(() -> delivery.sent(shop.project, alert.id(), 204));
    shop.database.inTransaction(
        () -> delivery.failed(shop.project, alert.id(), "late answer", 500));

    AlertEvent stored = events.find(shop.project, alert.id()).orElseThrow();
    assertThat(stored.status()).isEqualTo("sent");
    assertThat(stored.httpStatus()).isEqualTo(204);
    assertThat(stored.sentAt()).isEqualTo(shop.clock.instant());
    assertThat(prepare(alert)).isEmpty();
  }

  @Test
  void alertWhoseJobIsGivenUpHasFailed() {
    AlertEvent alert = only(issue());
    Job job =
        new Job(
            new dev.retrospec.ids.JobId(1),
            JobKind.NOTIFICATION,
            shop.project,
            alert.id().value(),
            "{}",
            6,
            6);

    shop.database.inTransaction(() -> delivery.givenUp(new JobGivenUp(job, "HTTP 500")));

    AlertEvent stored = events.find(shop.project, alert.id()).orElseThrow();
    assertThat(stored.status()).isEqualTo("failed");
    assertThat(stored.reason()).isEqualTo("HTTP 500");
  }

  @Test
  void failedAlertIsSentAfterAllWhenItsJobIsRedriven() {
    AlertEvent alert = only(issue());
    shop.database.inTransaction(() -> delivery.failed(shop.project, alert.id(), "HTTP 500", null));

    assertThat(prepare(alert)).isPresent();
    shop.database.inTransaction(() -> delivery.sent(shop.project, alert.id(), 200));

    AlertEvent stored = events.find(shop.project, alert.id()).orElseThrow();
    assertThat(stored.status()).isEqualTo("sent");
    assertThat(stored.reason()).isNull();
  }

  @Test
  void issueResolvedBeforeTheAlertIsSentMakesNone() {
    ClusterKey key = issue();
    setState(key, "resolved");

    assertThat(prepare(only(key))).isEmpty();

    assertThat(only(key).status()).isEqualTo("suppressed");
    assertThat(only(key).reason()).isEqualTo("resolved");
  }

  @Test
  void clusterMutedBeforeItIsPromotedMakesNone() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    setState(key, "muted");

    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));

    assertThat(only(key).status()).isEqualTo("suppressed");
    assertThat(only(key).reason()).isEqualTo("muted");
    assertThat(jobs()).isZero();
  }

  @Test
  void whimOfOneVisitorIsNotWorthAnAlert() {
    for (String session : List.of("s1", "s2")) {
      shop.visit(session, "u:ann", shop.marker("m1", MarkerKind.UI_NO_EFFECT, "Rage click", null));
    }

    ClusterKey key =
        shop.queries.list(shop.project, dev.retrospec.issues.IssueFilter.ALL).items().get(0).key();
    assertThat(only(key).reason()).isEqualTo("low_confidence");
    assertThat(jobs()).isZero();
  }

  @Test
  void regressionWithinTheCooldownIsKeptQuietAndAfterItTold() {
    ClusterKey key = issue();
    regress(key, "s3");
    assertThat(events.of(shop.project, key))
        .extracting(AlertEvent::event, AlertEvent::status, AlertEvent::reason)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "issue_cluster_regressed", "suppressed", "cooldown"));

    shop.clock.pass(Duration.ofMinutes(60));
    regress(key, "s4");

    assertThat(events.of(shop.project, key).get(0).status()).isEqualTo("queued");
    assertThat(jobs()).isEqualTo(2);
  }

  @Test
  void withoutAWebhookNothingIsWritten() {
    Incidents quiet = new Incidents();
    IssueAlerts none =
        new IssueAlerts(
            events,
            quiet.queries,
            outbox.queue,
            AlertConfig.from(Settings.of(name -> Optional.empty())),
            quiet.meters,
            quiet.clock);
    quiet.promotions.observedBy(none::promoted);
    ClusterKey key =
        quiet.only(quiet.visit("s1", "u:ann", quiet.exception("m1", "boom")).touched());
    quiet.visit("s2", "u:bob", quiet.exception("m1", "boom"));

    assertThat(quiet.promotions.fired()).hasSize(1);
    assertThat(events.of(quiet.project, key)).isEmpty();
  }

  @Test
  void settingsHaveTheirDefaultsAndRefuseOtherSchemes() {
    AlertConfig unset = AlertConfig.from(Settings.of(name -> Optional.empty()));
    assertThat(unset.webhook()).isEmpty();
    assertThat(unset.cooldown()).isEqualTo(Duration.ofHours(1));
    assertThat(unset.minConfidence()).isEqualTo(0.5);

    Map<String, String> file = Map.of("ALERT_WEBHOOK_URL", "file:///etc/passwd");
    assertThatThrownBy(
            () -> AlertConfig.from(Settings.of(name -> Optional.ofNullable(file.get(name)))))
        .isInstanceOf(InvalidSetting.class);
    assertThat(config.toString()).doesNotContain("secret").doesNotContain("hooks.test");
  }

  @Test
  void inProductionTheWebhookIsHttpsAndASecretIsNoWord() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "ALERT_WEBHOOK_URL", "http://chat.internal/hook",
                        "RETROSPEC_MODE", "production")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("https");
    assertThat(settings(Map.of("ALERT_WEBHOOK_URL", "http://chat.internal/hook")).webhook())
        .isPresent();
    assertThatThrownBy(() -> settings(Map.of("ALERT_WEBHOOK_SECRET", "hunter2")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("ALERT_WEBHOOK_SECRET");
    assertThat(
            settings(Map.of("ALERT_WEBHOOK_SECRET", "the-new-one-of-them,the-old-one-of-them"))
                .signingKeys())
        .containsExactly("the-new-one-of-them", "the-old-one-of-them");
  }

  private static AlertConfig settings(Map<String, String> values) {
    return AlertConfig.from(Settings.of(name -> Optional.ofNullable(values.get(name))));
  }

  private ClusterKey issue() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
    return key;
  }

  private void regress(ClusterKey key, String session) {
    setState(key, "resolved");
    shop.clock.pass(Duration.ofSeconds(10));
    shop.visit(session, "u:" + session, shop.exception("m1", "boom"));
  }

  private void setState(ClusterKey key, String state) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = ?, resolved_at = ?, muted_until = ?"
                    + " where project_id = ? and key = ?",
                state,
                shop.clock.instant(),
                shop.clock.instant().plus(Duration.ofDays(1)),
                shop.project,
                key));
  }

  private Optional<AlertMessage> prepare(AlertEvent alert) {
    return shop.inTransaction(
        () -> delivery.prepare(shop.project, new AlertEventId(alert.id().value())));
  }

  private AlertEvent only(ClusterKey key) {
    List<AlertEvent> all = events.of(shop.project, key);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private long jobs() {
    return shop.count("select count(*) from job where project_id = ?", shop.project.value());
  }
}
