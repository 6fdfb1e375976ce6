package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.QuietHours;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleFilter;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.PromotionTrigger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From what happens to what a rule decides to tell, on the real database. */
class RuleAlertsTest {

  private static final String HOOK = "https://hooks.test/alerts";

  private final AlertOffice office = new AlertOffice();

  @Test
  void aNewIssueIsToldOnceOnEachChannel() {
    office.rule(
        RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK), AlertOffice.bot("#alerts"));

    ClusterKey key = office.issue("boom");
    office.minute();

    assertThat(office.told())
        .extracting(
            AlertDeliveryView::channel, AlertDeliveryView::status, AlertDeliveryView::clusterKey)
        .containsExactly(
            tuple(AlertChannelKind.WEBHOOK, "pending", key),
            tuple(AlertChannelKind.SLACK, "pending", key));
    assertThat(office.jobs()).hasSize(3); // one decided, two are to deliver
  }

  @Test
  void withoutARuleThatAsksNothingIsWritten() {
    office.rule(RuleSettings.of(RuleEvent.REGRESSED), AlertOffice.hook(HOOK));

    office.issue("boom");
    office.minute();

    assertThat(office.told()).isEmpty();
    assertThat(office.jobs()).isEmpty();
  }

  @Test
  void theSameEventSaidTwiceIsToldOnce() {
    office.rule(AlertOffice.noCooldown(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.minute();

    office.shop.database.inTransaction(
        () ->
            office.alerts.promoted(new IssuePromoted(office.project, key, PromotionTrigger.TIMER)));
    office.minute();

    assertThat(office.told()).hasSize(1);
  }

  @Test
  void nodesThatDecideAtOnceTellOnce() throws Exception {
    AlertRuleId rule =
        office
            .rule(AlertOffice.noCooldown(RuleEvent.NEW_ISSUE), AlertOffice.hook(HOOK))
            .rule()
            .id();
    List.of("boom", "bang", "crash", "clash", "fizz").forEach(office::issue);
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  i ->
                      nodes.submit(
                          () ->
                              office.shop.database.inTransaction(
                                  () -> office.release.release(office.project, rule))))
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      nodes.shutdown();
    }

    assertThat(office.told())
        .extracting(AlertDeliveryView::clusterKey)
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void groupedByIssueEachIssueIsToldAtOnce() {
    office.rule(AlertOffice.grouped(GroupBy.ISSUE, 60), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.issue("bang");
    office.minute();

    assertThat(office.told()).hasSize(2);
  }

  @Test
  void whatQuietHoursHoldIsOneDigestAfterThem() {
    // the office's clock stands on a Sunday
    QuietHours sunday = new QuietHours("UTC", List.of(QuietHours.wholeDays(DayOfWeek.SUNDAY)));
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.NEW_ISSUE), null, null, null, null, 60, sunday),
        AlertOffice.hook(HOOK));
    office.issue("boom");
    office.issue("bang");
    office.issue("crash");
    office.minute();
    assertThat(office.told()).isEmpty();
    assertThat(office.log.held(office.project, 10))
        .extracting(RuleEventView::reason)
        .containsOnly("quiet_hours")
        .hasSize(3);

    office.shop.clock.pass(Duration.ofHours(14));
    office.minute();

    assertThat(office.told()).hasSize(1);
    RuleAlert digest = office.alert(office.told().get(0).alertId());
    assertThat(digest.isDigest()).isTrue();
    assertThat(digest.more()).isEqualTo(2);
  }

  @Test
  void whatIsResolvedBeforeTheQuietHoursEndIsNotTold() {
    QuietHours sunday = new QuietHours("UTC", List.of(QuietHours.wholeDays(DayOfWeek.SUNDAY)));
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.NEW_ISSUE), null, null, null, null, 60, sunday),
        AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.minute();
    office.resolve(key);

    office.shop.clock.pass(Duration.ofHours(14));
    office.minute();

    assertThat(office.told()).isEmpty();
  }

  @Test
  void anIssueIsToldWhenItHasMetEnoughPeople() {
    RuleFilter five = new RuleFilter(null, null, null, null, 3, null);
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.NEW_ISSUE), null, null, five, null, 60, null),
        AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.minute();
    assertThat(office.told()).isEmpty();

    office.comeBack(key, "boom", "s3");
    office.shop.clock.pass(Duration.ofMinutes(1));
    office.minute();

    assertThat(office.told()).hasSize(1);
  }

  @Test
  void releaseAndEnvironmentAreThoseOfTheLatestSessions() {
    RuleFilter production = new RuleFilter(null, null, "1.4.2", "production", null, null);
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.NEW_ISSUE), null, null, production, null, 0, null),
        AlertOffice.hook(HOOK));
    office.issue("bang");
    ClusterKey key = office.issue("boom");
    office.shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update session set release = '1.4.2', environment = 'production'"
                    + " where project_id = ? and id = 's1-boom'",
                office.project));
    office.minute();

    assertThat(office.told()).extracting(AlertDeliveryView::clusterKey).containsExactly(key);
  }

  @Test
  void aRegressionIsToldAgainWhenItComesAgain() {
    office.rule(AlertOffice.noCooldown(RuleEvent.REGRESSED), AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    for (String session : List.of("s3", "s4")) {
      office.resolve(key);
      office.shop.clock.pass(Duration.ofSeconds(10));
      office.comeBack(key, "boom", session);
      office.minute();
    }

    assertThat(office.told())
        .extracting(AlertDeliveryView::event)
        .containsExactly("regressed", "regressed");
  }

  @Test
  void aRuleThatCannotBeReadDoesNotStopTheThresholdsOfOthers() {
    RuleSettings settings =
        new RuleSettings(
            EnumSet.of(RuleEvent.THRESHOLD),
            new Threshold(Threshold.Measure.SESSIONS, 2, 10),
            null,
            null,
            null,
            60,
            null);
    AlertRuleId first = office.rule(settings, AlertOffice.hook(HOOK)).rule().id();
    AlertRuleId second = office.rule(settings, AlertOffice.hook(HOOK)).rule().id();
    AlertRuleId broken = first.value().compareTo(second.value()) < 0 ? first : second;
    office.shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update alert_rule set settings = jsonb_set(settings, '{threshold,measure}',"
                    + " '\"of a later version\"') where id = ?",
                broken));
    ClusterKey key = office.issue("boom");
    try {
      office.shop.settle();
      office.thresholds.look();
    } finally {
      office.shop.jdbi.useHandle(
          handle -> handle.execute("delete from alert_rule where id = ?", broken));
    }
    office.minute();

    assertThat(office.told()).extracting(AlertDeliveryView::clusterKey).containsExactly(key);
  }

  @Test
  void whatIsOlderThanTheWindowDoesNotCount() {
    office.rule(
        new RuleSettings(
            EnumSet.of(RuleEvent.THRESHOLD),
            new Threshold(Threshold.Measure.SESSIONS, 3, 10),
            null,
            null,
            null,
            60,
            null),
        AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.shop.clock.pass(Duration.ofMinutes(11));
    office.comeBack(key, "boom", "s3");

    office.watch();

    assertThat(office.told()).isEmpty();
  }

  @Test
  void aReportIsToldUnderTheIssueThatItExplainsAndUnderNoOtherOfItsSession() {
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.REPORT_READY), null, 0.7, null, null, 0, null),
        AlertOffice.hook(HOOK));
    List<ClusterKey> keys = List.of(office.issue("boom"), office.issue("bang"));
    office.comeBack(keys.get(0), "boom", "s3");
    office.comeBack(keys.get(1), "bang", "s3");

    office.report("s3", "m-bang", 0.8);
    office.minute();

    assertThat(office.told())
        .extracting(AlertDeliveryView::clusterKey)
        .containsExactly(keys.get(1));
  }

  @Test
  void aReportThatDoesNotSayWhichOfSeveralIssuesItExplainsIsToldUnderNone() {
    office.rule(
        new RuleSettings(EnumSet.of(RuleEvent.REPORT_READY), null, 0.7, null, null, 0, null),
        AlertOffice.hook(HOOK));
    List.of("boom", "bang").forEach(label -> office.comeBack(office.issue(label), label, "s3"));

    office.report("s3", 0.8);
    office.minute();

    assertThat(office.told()).isEmpty();
  }

  @Test
  void whatARuleHoldsIsDecidedAboutAnewWhenTheRuleChanges() {
    SavedRule saved =
        office.rule(AlertOffice.grouped(GroupBy.PROJECT, 600), AlertOffice.hook(HOOK));
    office.issue("boom");
    office.minute();
    ClusterKey held = office.issue("bang");
    office.minute();
    assertThat(office.told()).hasSize(1);
    assertThat(office.log.held(office.project, 10))
        .extracting(RuleEventView::clusterKey, RuleEventView::symptom)
        .containsExactly(tuple(held, "bang"));

    RuleDraft shorter =
        new RuleDraft(
            "On call",
            true,
            AlertOffice.noCooldown(RuleEvent.NEW_ISSUE),
            List.of(
                new ChannelDraft(
                    saved.rule().channels().get(0).id(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));
    office.shop.inTransaction(
        () -> office.editing.change(office.project, saved.rule().id(), shorter, 1));
    office.minute();

    assertThat(office.told())
        .extracting(AlertDeliveryView::symptom)
        .containsExactly("boom", "bang");
  }

  @Test
  void withoutAPauseEachEventIsTold() {
    office.rule(AlertOffice.noCooldown(RuleEvent.REPORT_READY), AlertOffice.hook(HOOK));
    ClusterKey key = office.issue("boom");
    office.report("s1-boom", 0.9);
    office.report("s2-boom", 0.8);

    office.minute();

    assertThat(office.told())
        .extracting(AlertDeliveryView::clusterKey, AlertDeliveryView::status)
        .containsExactly(tuple(key, "pending"), tuple(key, "pending"));
  }
}
