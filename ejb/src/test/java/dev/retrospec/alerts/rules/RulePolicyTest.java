package dev.retrospec.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.MarkerKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulePolicyTest {

  private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z"); // a Tuesday
  private static final RuleDecision TELL = new RuleDecision.Tell();

  private final Happened promoted = new Happened(RuleEvent.NEW_ISSUE, NOW, null);

  @Test
  void aNewIssueIsTold() {
    assertThat(decide(rule(null, null, 60), facts(TriageState.OPEN, 2, 0.6))).isEqualTo(TELL);
    assertThat(decide(rule(null, null, 60), facts(TriageState.REGRESSED, 2, 0.6))).isEqualTo(TELL);
  }

  @Test
  void whatPeopleHaveDecidedAboutIsNot() {
    assertThat(decide(rule(null, null, 60), facts(TriageState.MUTED, 2, 0.6)))
        .isEqualTo(new RuleDecision.Suppress("muted"));
    assertThat(decide(rule(null, null, 60), facts(TriageState.RESOLVED, 2, 0.6)))
        .isEqualTo(new RuleDecision.Suppress("resolved"));
  }

  @Test
  void filtersAskForKindRouteReleaseAndEnvironment() {
    RuleFilter matching =
        new RuleFilter(
            Set.of(MarkerKind.JS_EXCEPTION), "/check", "1.4.2", "production", null, null);
    assertThat(decide(rule(matching, null, 60), facts(TriageState.OPEN, 2, 0.6))).isEqualTo(TELL);

    for (RuleFilter other :
        List.of(
            new RuleFilter(Set.of(MarkerKind.API_ERROR), null, null, null, null, null),
            new RuleFilter(null, "/cart", null, null, null, null),
            new RuleFilter(null, null, "1.4.3", null, null, null),
            new RuleFilter(null, null, null, "staging", null, null))) {
      assertThat(decide(rule(other, null, 60), facts(TriageState.OPEN, 2, 0.6)))
          .isEqualTo(new RuleDecision.Suppress("filtered"));
    }
  }

  @Test
  void anIssueThatHasMetTooFewIsLookedAtAgainUntilAWeekIsOver() {
    RuleSettings rule = rule(new RuleFilter(null, null, null, null, 5, null), null, 60);

    assertThat(decide(rule, facts(TriageState.OPEN, 4, 0.6)))
        .isEqualTo(new RuleDecision.Hold(NOW.plusSeconds(60), "few_users"));
    assertThat(decide(rule, facts(TriageState.OPEN, 5, 0.6))).isEqualTo(TELL);
    Happened old = new Happened(RuleEvent.NEW_ISSUE, NOW.minus(Duration.ofHours(4)), null);
    assertThat(decide(rule, old, facts(TriageState.OPEN, 4, 0.6), AlreadyTold.NOTHING))
        .isEqualTo(new RuleDecision.Hold(NOW.plus(Duration.ofMinutes(30)), "few_users"));
    Happened stale = new Happened(RuleEvent.NEW_ISSUE, NOW.minus(Duration.ofDays(7)), null);
    assertThat(decide(rule, stale, facts(TriageState.OPEN, 4, 0.6), AlreadyTold.NOTHING))
        .isEqualTo(new RuleDecision.Suppress("few_users"));
  }

  @Test
  void anUncertainOneIsLookedAtAgainToo() {
    RuleSettings rule = rule(new RuleFilter(null, null, null, null, null, 0.7), null, 60);

    assertThat(decide(rule, facts(TriageState.OPEN, 2, 0.69)))
        .isEqualTo(new RuleDecision.Hold(NOW.plusSeconds(60), "low_confidence"));
    assertThat(decide(rule, facts(TriageState.OPEN, 2, 0.7))).isEqualTo(TELL);
  }

  @Test
  void inAGroupsCooldownAnotherIssueWaitsAndTheSameOneIsNoNews() {
    RuleSettings rule = rule(null, null, 60);
    Instant last = NOW.minus(Duration.ofMinutes(20));

    assertThat(decide(rule, promoted, facts(TriageState.OPEN, 2, 0.6), new AlreadyTold(last, null)))
        .isEqualTo(new RuleDecision.Hold(NOW.plus(Duration.ofMinutes(40)), "cooldown"));
    assertThat(decide(rule, promoted, facts(TriageState.OPEN, 2, 0.6), new AlreadyTold(last, last)))
        .isEqualTo(new RuleDecision.Suppress("cooldown"));
    Instant earlier = NOW.minus(Duration.ofMinutes(60));
    assertThat(
            decide(
                rule, promoted, facts(TriageState.OPEN, 2, 0.6), new AlreadyTold(earlier, earlier)))
        .isEqualTo(TELL);
  }

  @Test
  void withoutACooldownEveryEventIsTold() {
    assertThat(
            decide(
                rule(null, null, 0),
                promoted,
                facts(TriageState.OPEN, 2, 0.6),
                new AlreadyTold(NOW, NOW)))
        .isEqualTo(TELL);
  }

  @Test
  void quietHoursHoldWhatHappensUntilTheirEnd() {
    QuietHours tuesday = new QuietHours("UTC", List.of(QuietHours.wholeDays(DayOfWeek.TUESDAY)));

    assertThat(decide(rule(null, tuesday, 60), facts(TriageState.OPEN, 2, 0.6)))
        .isEqualTo(new RuleDecision.Hold(Instant.parse("2026-03-04T00:00:00Z"), "quiet_hours"));
  }

  @Test
  void aReportIsToldWhenItIsSureEnough() {
    RuleSettings rule =
        new RuleSettings(EnumSet.of(RuleEvent.REPORT_READY), null, 0.7, null, null, null, null);

    assertThat(decide(rule, report(0.7), facts(TriageState.OPEN, 2, 0.6), AlreadyTold.NOTHING))
        .isEqualTo(TELL);
    assertThat(decide(rule, report(0.69), facts(TriageState.OPEN, 2, 0.6), AlreadyTold.NOTHING))
        .isEqualTo(new RuleDecision.Suppress("low_report_confidence"));
    assertThat(decide(rule, report(null), facts(TriageState.OPEN, 2, 0.6), AlreadyTold.NOTHING))
        .isEqualTo(new RuleDecision.Suppress("low_report_confidence"));
  }

  @Test
  void groupsAreTheIssueItsKindItsRouteOrTheProject() {
    IssueView issue = facts(TriageState.OPEN, 2, 0.6).issue();

    assertThat(GroupBy.ISSUE.key(issue)).isEqualTo("issue:v1-boom");
    assertThat(GroupBy.KIND.key(issue)).isEqualTo("kind:js_exception");
    assertThat(GroupBy.ROUTE.key(issue)).isEqualTo("route:/checkout");
    assertThat(GroupBy.PROJECT.key(issue)).isEqualTo("project");
  }

  @Test
  void aThresholdsWordsNameCountAndTime() {
    Threshold threshold = new Threshold(Threshold.Measure.USERS, 5, 10);

    assertThat(threshold.words(12)).isEqualTo("12 users within 10 min");
    assertThat(new Threshold(Threshold.Measure.SESSIONS, 1, 10).words(1))
        .isEqualTo("1 session within 10 min");
    assertThat(threshold.windowNumber(NOW)).isEqualTo(threshold.windowNumber(NOW.plusSeconds(599)));
    assertThat(threshold.windowNumber(NOW))
        .isNotEqualTo(threshold.windowNumber(NOW.plusSeconds(600)));
  }

  @Test
  void settingsHaveDefaultsAndNameWhatIsWrong() {
    RuleSettings plain = Json.read("{\"events\":[\"new_issue\"]}", RuleSettings.class);
    assertThat(plain).isEqualTo(RuleSettings.of(RuleEvent.NEW_ISSUE));
    assertThat(plain.cooldownMinutes()).isEqualTo(60);
    assertThat(Json.read(Json.write(plain), RuleSettings.class)).isEqualTo(plain);

    assertThatThrownBy(() -> RuleSettings.of(RuleEvent.THRESHOLD))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("threshold is required");
    assertThatThrownBy(() -> new RuleSettings(Set.of(), null, null, null, null, null, null))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("events");
    assertThatThrownBy(() -> rule(null, null, 100_000))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("cooldownMinutes");
    assertThatThrownBy(() -> new RuleFilter(null, null, null, null, null, 1.5))
        .isInstanceOf(InvalidRequest.class);
  }

  private static Happened report(@Nullable Double confidence) {
    return new Happened(RuleEvent.REPORT_READY, NOW, confidence);
  }

  private RuleDecision decide(RuleSettings rule, IssueFacts facts) {
    return decide(rule, promoted, facts, AlreadyTold.NOTHING);
  }

  private static RuleDecision decide(
      RuleSettings rule, Happened happened, IssueFacts facts, AlreadyTold told) {
    return new RulePolicy(rule).decide(happened, facts, told, NOW);
  }

  private static RuleSettings rule(
      @Nullable RuleFilter filter, @Nullable QuietHours quiet, int cooldownMinutes) {
    return new RuleSettings(
        EnumSet.of(RuleEvent.NEW_ISSUE), null, null, filter, null, cooldownMinutes, quiet);
  }

  private static IssueFacts facts(TriageState state, int users, double confidence) {
    IssueView issue =
        new IssueView(
            new ProjectId("proj_1"),
            new ClusterKey("v1-boom"),
            "boom",
            users,
            users,
            null,
            confidence,
            NOW,
            NOW,
            state,
            "",
            null,
            "",
            null,
            MarkerKind.JS_EXCEPTION,
            "/checkout",
            users,
            null,
            NOW,
            NOW,
            null,
            null,
            1,
            null,
            null);
    return new IssueFacts(issue, Set.of("1.4.2"), Set.of("production"));
  }
}
