package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.alerts.rules.Threshold.Measure;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.testing.CountingStatements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.Test;

/** What a look at a threshold costs, and what it counts. */
class ThresholdCheckTest {

  private final AlertOffice office = new AlertOffice();

  @Test
  void ofNodesThatWantToLookInTheSameMinuteOneDoes() {
    AlertRuleId rule = rule(Measure.SESSIONS, 2);
    office.issue("boom");
    office.shop.settle();

    assertThat(looks(rule)).isPositive();
    office.shop.clock.pass(Duration.ofSeconds(5)); // the other node's clock
    assertThat(looks(rule)).isZero();
    office.shop.clock.pass(Duration.ofSeconds(55));
    assertThat(looks(rule)).isPositive();
  }

  @Test
  void whatIsWrittenDownForAWindowIsNotCountedAgainInIt() {
    AlertRuleId rule = rule(Measure.SESSIONS, 2);
    ClusterKey key = office.issue("boom");
    office.shop.settle();
    assertThat(crossed(rule, Measure.SESSIONS, 2))
        .containsExactly(new IssueSightings.Crossed(key, 2));

    office.thresholds.look();

    assertThat(crossed(rule, Measure.SESSIONS, 2)).isEmpty();
    office.shop.clock.pass(Duration.ofMinutes(9));
    office.comeBack(key, "boom", "s3");
    office.comeBack(key, "boom", "s4");
    office.shop.clock.pass(Duration.ofMinutes(2)); // the next window
    office.shop.settle();
    assertThat(crossed(rule, Measure.SESSIONS, 2))
        .containsExactly(new IssueSightings.Crossed(key, 2));
  }

  @Test
  void moreThanTheThresholdAsksForIsToldAsItIs() {
    AlertRuleId rule = rule(Measure.SESSIONS, 2);
    ClusterKey key = office.issue("boom");
    IntStream.range(3, 9).forEach(i -> office.comeBack(key, "boom", "s" + i));
    office.shop.settle();

    assertThat(crossed(rule, Measure.SESSIONS, 2))
        .containsExactly(new IssueSightings.Crossed(key, 8));
  }

  @Test
  void oneSessionMayHaveAllTheMarkersAndOneUserAllTheSessions() {
    AlertRuleId rule = rule(Measure.MARKERS, 5);
    ClusterKey key = office.issue("boom");
    office.shop.visit(
        "s3",
        "u:ann",
        IntStream.range(0, 9)
            .mapToObj(i -> office.shop.exception("m" + i, "boom"))
            .toArray(ObservedMarker[]::new));
    office.shop.visit("s4", "u:ann", office.shop.exception("m", "boom"));
    office.shop.settle();

    assertThat(crossed(rule, Measure.MARKERS, 5))
        .containsExactly(new IssueSightings.Crossed(key, 12));
    assertThat(crossed(rule, Measure.USERS, 3)).isEmpty();
    assertThat(crossed(rule, Measure.USERS, 2)).containsExactly(new IssueSightings.Crossed(key, 2));
  }

  @Test
  void markersCountWhenTheyComeAndNotWhenTheirSessionBegan() {
    AlertRuleId rule = rule(Measure.MARKERS, 5);
    ClusterKey key = office.issue("boom");
    arrive();
    office.shop.clock.pass(Duration.ofMinutes(30));
    office.shop.visit(
        "s1-boom",
        "u:ann",
        IntStream.range(0, 6)
            .mapToObj(i -> office.shop.exception("later" + i, "boom"))
            .toArray(ObservedMarker[]::new));
    arrive();
    office.shop.settle();

    assertThat(crossed(rule, Measure.MARKERS, 5))
        .containsExactly(new IssueSightings.Crossed(key, 6));
    assertThat(crossed(rule, Measure.MARKERS, 7)).isEmpty();
    assertThat(crossed(rule, Measure.SESSIONS, 1)).as("nobody else met it").isEmpty();

    office.shop.clock.pass(Duration.ofMinutes(11));
    assertThat(crossed(rule, Measure.MARKERS, 1)).isEmpty();
  }

  @Test
  void noiseIsNotCounted() {
    AlertRuleId rule = rule(Measure.MARKERS, 2);
    office.issue("boom");
    office.shop.settle();
    office.shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set noise = 'test' where project_id = ?", office.project));

    assertThat(crossed(rule, Measure.MARKERS, 2)).isEmpty();
  }

  /** What the database's clock has dated was received now. */
  private void arrive() {
    office.shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set created_at = ? where project_id = ?"
                    + " and created_at > now() - interval '1 hour'",
                office.shop.clock.instant(),
                office.project));
  }

  private AlertRuleId rule(Measure measure, int count) {
    return office
        .rule(
            new RuleSettings(
                EnumSet.of(RuleEvent.THRESHOLD),
                new Threshold(measure, count, 10),
                null,
                null,
                null,
                60,
                null),
            AlertOffice.hook("https://hooks.test/alerts"))
        .rule()
        .id();
  }

  private List<IssueSightings.Crossed> crossed(AlertRuleId rule, Measure measure, int count) {
    return office.sightings.crossed(
        office.project, rule, new Threshold(measure, count, 10), office.shop.clock.instant());
  }

  /** How often the sightings are read. */
  private long looks(AlertRuleId rule) {
    List<String> statements = new ArrayList<>();
    office.shop.jdbi.setSqlLogger(new CountingStatements(statements));
    try {
      office.check.check(office.project, rule);
    } finally {
      office.shop.jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }
    return statements.stream().filter(sql -> sql.contains("cluster_session")).count();
  }
}
