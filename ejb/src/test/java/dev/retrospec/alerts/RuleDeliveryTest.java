package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import dev.retrospec.testing.CountingStatements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.Test;

/** From what a rule has decided to tell to what goes out, on the real database. */
class RuleDeliveryTest {

  private static final String HOOK = "https://hooks.test/alerts";

  private final AlertOffice office = new AlertOffice();

  @Test
  void oneMessageTellsWhatItsGroupHeldWhileItCooled() {
    office.rule(AlertOffice.grouped(GroupBy.KIND, 60), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.minute();
    office.issue("bang");
    office.issue("crash");
    office.minute();
    assertThat(office.told()).hasSize(1);

    office.shop.clock.pass(Duration.ofMinutes(59));
    office.minute();
    assertThat(office.told()).hasSize(1);
    office.shop.clock.pass(Duration.ofMinutes(1));
    office.minute();

    assertThat(office.told()).hasSize(2);
    assertThat(office.alert(office.told().get(1).alertId()).more()).isEqualTo(1);
    JsonNode body = body(office.told().get(1));
    assertThat(body.at("/alert/more").asInt()).isEqualTo(1);
    assertThat(body.at("/alert/others")).hasSize(1);
  }

  @Test
  void anEscalationSaysHowMuchMoreItIs() {
    office.rule(AlertOffice.noCooldown(RuleEvent.ESCALATING), AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");

    office.shop.database.inTransaction(
        () -> office.alerts.escalated(new IssueEscalated(office.project, key, 40, 1.5)));
    office.minute();

    JsonNode body = body(office.told().get(0));
    assertThat(body.get("event").asText()).isEqualTo("issue_cluster_escalating");
    assertThat(body.at("/alert/words").asText())
        .isEqualTo("40 sessions within an hour, where 1.5 are usual");
  }

  @Test
  void aThresholdIsToldWhenItIsCrossedAndNotAgainWhileItCools() {
    for (Threshold.Measure measure : Threshold.Measure.values()) {
      office.rule(
          new RuleSettings(
              EnumSet.of(RuleEvent.THRESHOLD),
              new Threshold(measure, 3, 10),
              null,
              null,
              null,
              60,
              null),
          AlertOffice.hook(HOOK));
    }
    ClusterKey key = office.issue("boom");
    office.watch();
    assertThat(office.told()).isEmpty();

    office.comeBack(key, "boom", "s3");
    for (int minute = 0; minute < 9; minute++) {
      office.watch();
      office.watch();
      office.shop.clock.pass(Duration.ofMinutes(1));
    }

    assertThat(office.told()).hasSize(3);
    assertThat(office.told()).extracting(AlertDeliveryView::event).containsOnly("threshold");
    assertThat(office.told())
        .extracting(told -> body(told).at("/alert/words").asText())
        .containsExactlyInAnyOrder(
            "3 sessions within 10 min", "3 users within 10 min", "3 markers within 10 min");
  }

  @Test
  void aReportThatIsSureEnoughIsToldWithItsWords() {
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.REPORT_READY), null, 0.7, null, null, 60, null),
        AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.report("s1-boom", 0.5);
    office.minute();
    assertThat(office.told()).isEmpty();

    office.report("s2-boom", 0.8);
    office.minute();

    assertThat(office.told()).extracting(AlertDeliveryView::clusterKey).containsExactly(key);
    JsonNode body = body(office.told().get(0));
    assertThat(body.get("event").asText()).isEqualTo("report_card_ready");
    assertThat(body.at("/alert/report/technicalRootCause").asText()).isEqualTo("The cart is null");
  }

  @Test
  void theHooksBodyBeginsWithTheContractsToTheLetter() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.minute();

    AlertTarget.Server server = server(office.told().get(0));

    String contract =
        Json.write(
            new AlertBody(
                "issue_cluster_promoted",
                "ingest",
                office.shop.clock.instant(),
                office.project.value(),
                AlertBody.cluster(office.shop.cluster(key))));
    assertThat(server.body())
        .startsWith(contract.substring(0, contract.length() - 1) + ",\"alert\":{");
    assertThat(server.toString()).doesNotContain("alerts");
  }

  @Test
  void anAttemptThatEndedWithoutAWordIsRepeatedOnlyWhereTheOtherSideCanTell() {
    office.rule(
        RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK), AlertOffice.bot("#alerts"));
    office.issue("boom");
    office.minute();
    AlertDeliveryId hook = office.told().get(0).id();
    AlertDeliveryId slack = office.told().get(1).id();
    OutgoingAlert first = office.prepare(hook).orElseThrow();
    office.prepare(slack);

    assertThat(office.prepare(hook).orElseThrow().idempotencyKey())
        .isEqualTo(first.idempotencyKey());
    assertThat(office.prepare(slack)).isEmpty();
    assertThat(office.told())
        .extracting(AlertDeliveryView::status)
        .containsExactly("sending", "unknown");
  }

  @Test
  void whatWasSentIsNotSentAgainUnlessSomebodyWantsIt() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.minute();
    AlertDeliveryId id = office.told().get(0).id();
    OutgoingAlert alert = office.prepare(id).orElseThrow();
    office.shop.database.inTransaction(() -> office.delivery.sent(alert, AlertOffice.ok(null)));

    assertThat(office.prepare(id)).isEmpty();

    office.shop.database.inTransaction(() -> office.tests.again(office.project, id));
    assertThatThrownBy(
            () -> office.shop.database.inTransaction(() -> office.tests.again(office.project, id)))
        .isInstanceOf(InvalidRequest.class);
    assertThat(office.prepare(id).orElseThrow().idempotencyKey()).isEqualTo(id.value() + ".1");
  }

  @Test
  void aMessageFollowsItsIssueInTheOrderInWhichItChanges() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.bot("#alerts"));
    ClusterKey key = office.issue("boom");
    office.minute();
    office.resolve(key);
    office.shop.clock.pass(Duration.ofSeconds(10));
    office.comeBack(key, "boom", "s3");
    AlertDeliveryId message = office.told().get(0).id();
    AlertDeliveryId resolved = office.told().get(1).id();
    AlertDeliveryId regressed = office.told().get(2).id();
    assertThat(office.prepare(resolved)).isEmpty();

    OutgoingAlert first = office.prepare(message).orElseThrow();
    office.shop.database.inTransaction(
        () -> office.delivery.sent(first, AlertOffice.ok("C1/17.1")));
    assertThat(office.prepare(regressed)).isEmpty();
    OutgoingAlert change = office.prepare(resolved).orElseThrow();
    office.shop.database.inTransaction(() -> office.delivery.sent(change, AlertOffice.ok(null)));

    assertThat(change.change()).map(AlertChange::what).contains("resolved");
    assertThat(change.messageRef()).isEqualTo("C1/17.1");
    assertThat(office.prepare(regressed).orElseThrow().change())
        .map(AlertChange::what)
        .contains("regressed");
  }

  @Test
  void anIssueThatWasMergedAfterItWasToldStillHasItsMessageChanged() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.bot("#alerts"));
    ClusterKey told = office.issue("boom");
    office.minute();
    office.sent(office.told().get(0).id(), "C1/17.1");
    ClusterKey other = office.issue("bang");
    office.shop.inTransaction(
        () ->
            office.shop.merge.merge(
                office.project, new IssueMerge.Request(other, List.of(told), null, null)));

    office.resolve(other);

    AlertDeliveryView change = office.told().get(office.told().size() - 1);
    assertThat(change.purpose()).isEqualTo("update");
    assertThat(office.prepare(change.id()).orElseThrow())
        .satisfies(
            alert -> {
              assertThat(alert.messageRef()).isEqualTo("C1/17.1");
              assertThat(alert.change().orElseThrow().issue().key()).isEqualTo(other);
            });
  }

  @Test
  void ofASessionThatIsGoneNothingThatWasToldNamesIt() {
    office.rule(AlertOffice.noCooldown(RuleEvent.REPORT_READY), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.report("s1-boom", 0.9);
    office.minute();
    office.report("s2-boom", 0.9); // not decided about yet
    assertThat(traces("s1-boom")).isPositive();

    for (String session : List.of("s1-boom", "s2-boom")) {
      office.shop.inTransaction(
          () -> office.data.deleteRows(office.project, Set.of(new SessionId(session))));
      assertThat(traces(session)).isZero();
    }

    assertThat(office.told()).hasSize(1);
    assertThat(office.prepare(office.told().get(0).id())).isPresent();
  }

  @Test
  void whatADigestSaysIsReadInOneQueryHoweverManyIssuesItHas() {
    office.rule(AlertOffice.grouped(GroupBy.PROJECT, 60), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.minute();
    office.issue("bang");
    office.issue("crash");
    office.shop.clock.pass(Duration.ofHours(1));
    office.minute();
    List.of("clash", "fizz", "burst", "split", "crack", "break", "stall", "hang")
        .forEach(office::issue);
    office.shop.clock.pass(Duration.ofHours(1));
    office.minute();

    int few = statementsToPrepare(office.told().get(1));
    int many = statementsToPrepare(office.told().get(2));

    assertThat(office.alert(office.told().get(2).alertId()).more()).isEqualTo(7);
    assertThat(many).isEqualTo(few);
  }

  private int statementsToPrepare(AlertDeliveryView delivery) {
    List<String> statements = new ArrayList<>();
    office.shop.jdbi.setSqlLogger(new CountingStatements(statements));
    try {
      assertThat(office.prepare(delivery.id())).isPresent();
    } finally {
      office.shop.jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }
    return statements.size();
  }

  @Test
  void anIssueThatIsResolvedBeforeItIsToldIsNotTold() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.bot("#alerts"));
    ClusterKey key = office.issue("boom");
    office.minute();
    office.resolve(key);

    assertThat(office.prepare(office.told().get(0).id())).isEmpty();
    assertThat(office.prepare(office.told().get(1).id())).isEmpty();

    assertThat(office.told())
        .extracting(AlertDeliveryView::status, AlertDeliveryView::errorMessage)
        .containsExactly(
            tuple("skipped", "The issue has been resolved meanwhile"),
            tuple("skipped", "There is no message to change"));
  }

  @Test
  void ofSeveralIssuesThoseThatAreStillOpenAreToldUnderTheFirstOfThem() {
    office.rule(AlertOffice.grouped(GroupBy.KIND, 60), AlertOffice.hook(HOOK));
    List.of("boom", "bang", "crash").forEach(office::issue);
    office.minute();
    AlertDeliveryView delivery = office.told().get(0);
    assertThat(office.alert(delivery.alertId()).more()).isEqualTo(2);

    office.resolve(delivery.clusterKey());

    JsonNode body = body(delivery);
    assertThat(body.at("/cluster/state").asText()).isEqualTo("open");
    assertThat(body.at("/cluster/key").asText()).isNotEqualTo(delivery.clusterKey().value());
    assertThat(body.at("/alert/more").asInt()).isEqualTo(1);
    assertThat(body.at("/alert/others"))
        .extracting(other -> other.path("key").asText())
        .hasSize(1)
        .doesNotContain(delivery.clusterKey().value(), body.at("/cluster/key").asText());
  }

  @Test
  void whenNoneOfSeveralIssuesIsOpenAnyMoreNothingIsTold() {
    office.rule(AlertOffice.grouped(GroupBy.KIND, 60), AlertOffice.hook(HOOK));
    List<ClusterKey> keys = List.of(office.issue("boom"), office.issue("bang"));
    office.minute();
    keys.forEach(office::resolve);

    assertThat(office.prepare(office.told().get(0).id())).isEmpty();

    assertThat(office.told().get(0).status()).isEqualTo("skipped");
  }

  @Test
  void anAlertThatIsHeadedByAnotherIssueSaysWhatHappenedToThatOne() {
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.ESCALATING), null, null, null, GroupBy.KIND, 0, null),
        AlertOffice.hook(HOOK));
    List<ClusterKey> keys = List.of(office.issue("boom"), office.issue("bang"));
    for (ClusterKey key : keys) {
      office.shop.database.inTransaction(
          () ->
              office.alerts.escalated(
                  new IssueEscalated(office.project, key, 40 + keys.indexOf(key), 1.5)));
    }
    office.minute();
    AlertDeliveryView delivery = office.told().get(0);
    office.resolve(delivery.clusterKey());

    int other = 1 - keys.indexOf(delivery.clusterKey());
    JsonNode body = body(delivery);
    assertThat(body.at("/cluster/key").asText()).isEqualTo(keys.get(other).value());
    assertThat(body.at("/alert/words").asText()).startsWith(40 + other + " sessions");
  }

  @Test
  void aTestIsMarkedAndSentWhateverTheRuleSays() {
    RuleDraft off =
        new RuleDraft(
            "Off", false, RuleSettings.of(RuleEvent.NEW_ISSUE), List.of(AlertOffice.hook(HOOK)));
    AlertRuleId rule =
        office.shop.inTransaction(() -> office.editing.add(office.project, off)).rule().id();

    office.shop.inTransaction(() -> office.tests.test(office.project, rule));

    JsonNode body = body(office.told().get(0));
    assertThat(body.at("/alert/test").asBoolean()).isTrue();
    assertThat(body.at("/cluster/symptom").asText()).startsWith("Example");
  }

  @Test
  void aDeliveryWhoseRuleIsGoneIsNotMade() {
    AlertRuleId rule =
        office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK)).rule().id();
    office.issue("boom");
    office.minute();
    office.shop.database.inTransaction(() -> office.editing.remove(office.project, rule, null));

    assertThat(office.prepare(office.told().get(0).id())).isEmpty();

    assertThat(office.told().get(0).status()).isEqualTo("skipped");
  }

  private AlertTarget.Server server(AlertDeliveryView delivery) {
    return (AlertTarget.Server) office.prepare(delivery.id()).orElseThrow().target();
  }

  private JsonNode body(AlertDeliveryView delivery) {
    return Json.read(server(delivery).body(), JsonNode.class);
  }

  private long traces(String session) {
    return office.shop.count(
        """
        select count(*) from (
          select to_jsonb(e) as row from alert_rule_event e where project_id = ?
          union all select to_jsonb(a) from rule_alert a where project_id = ?
          union all select to_jsonb(d) from alert_delivery d where project_id = ?) told
        where row::text like '%' || ? || '%'
        """,
        office.project, office.project, office.project, session);
  }
}
