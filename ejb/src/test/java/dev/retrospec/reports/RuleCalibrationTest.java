package dev.retrospec.reports;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.aVisit;
import static dev.retrospec.sessions.SessionFixture.apiError;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.reports.AnalysisReport.Origin;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleCalibrationTest {

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(60));
  private final ProjectId project = database.newProject();
  private final Outbox outbox = new Outbox(database, clock, Map.of());
  private final ReportCards cards = new ReportCards(database.jdbi(), outbox.queue, clock);
  private final AnalysisReports reports =
      new AnalysisReports(
          cards, new ReportConfig(0.3), new RecordedEvents<>(), new SimpleMeterRegistry(), clock);

  @Test
  void triageSaysHowOftenARuleWasRight() {
    explained("k1", "failed_request");
    explained("k2", "failed_request");
    explained("k3", "failed_request");
    explained("k4", "dead_control");
    triaged("k1", "resolved");
    triaged("k2", "regressed");
    triaged("k3", "acknowledged");

    assertThat(cards.record(project, "failed_request"))
        .isEqualTo(new RuleRecord("failed_request", 2, 2));
    assertThat(cards.record(project, "dead_control"))
        .isEqualTo(new RuleRecord("dead_control", 0, 0));
  }

  @Test
  void whoMutesAnIssueSaysNothingOfItsCause() {
    explained("k1", "failed_request");
    triaged("k1", "muted");
    assertThat(cards.record(project, "failed_request").judged()).isZero();

    said("k1", "card_helpful", "failed_request", 1);
    assertThat(cards.record(project, "failed_request"))
        .isEqualTo(new RuleRecord("failed_request", 1, 1));
  }

  @Test
  void theLatestThumbCountsMoreThanTriage() {
    explained("k1", "failed_request");
    triaged("k1", "resolved");
    said("k1", "card_wrong", "failed_request", 1);
    assertThat(cards.record(project, "failed_request").right()).isZero();

    said("k1", "card_helpful", "failed_request", 2);
    said("k1", "card_wrong", "another_rule", 3);
    assertThat(cards.record(project, "failed_request"))
        .isEqualTo(new RuleRecord("failed_request", 1, 1));
  }

  @Test
  void notAnIssueIsAWordAgainstTheRule() {
    explained("k1", "failed_request");
    triaged("k1", "resolved");
    notAnIssue("k1");

    assertThat(cards.record(project, "failed_request"))
        .isEqualTo(new RuleRecord("failed_request", 0, 1));
  }

  @Test
  void manySessionsOfOneIssueAreOneJudgement() {
    explained("k1", "failed_request");
    explained("k1", "failed_request");
    triaged("k1", "resolved");

    assertThat(cards.record(project, "failed_request").judged()).isEqualTo(1);
  }

  @Test
  void theCardSaysItsRulesRecordAsItIsNow() {
    SessionId session = explained("k1", "failed_request");
    assertThat(cards.find(project, session))
        .get()
        .extracting(ReportCardView::confidence)
        .isEqualTo(0.7);

    notAnIssue("k1");

    ReportCardView card = cards.find(project, session).orElseThrow();
    assertThat(card.rule()).isEqualTo(new RuleRecord("failed_request", 0, 1));
    assertThat(card.confidence()).isEqualTo(0.62);
    assertThat(cards.issueOf(project, session)).contains(new ClusterKey("k1"));
  }

  @Test
  void whatPeopleFoundWrongTooOftenIsDiscarded() {
    for (int i = 0; i < 12; i++) {
      explained("k" + i, "failed_request");
      notAnIssue("k" + i);
    }

    ReportCardView card = cards.find(project, explained("k99", "failed_request")).orElseThrow();

    assertThat(card.status()).isEqualTo(ReportStatus.DISCARDED);
    assertThat(card.reason()).contains("0.28").contains("0.30");
  }

  @Test
  void whatAnotherLookMayChangeIsNotJudged() {
    explained("k1", "no_effect", true);
    triaged("k1", "resolved");

    assertThat(cards.record(project, "no_effect").judged()).isZero();
  }

  @Test
  void theRecordOutlivesTheSessions() {
    SessionId session = explained("k1", "failed_request");
    triaged("k1", "resolved");
    new ReportData(cards).deleteRows(project, java.util.Set.of(session));

    assertThat(cards.record(project, "failed_request").judged()).isEqualTo(1);
  }

  @Test
  void otherProjectsHaveTheirOwnExperience() {
    explained("k1", "failed_request");
    triaged("k1", "resolved");

    assertThat(cards.record(database.newProject(), "failed_request").judged()).isZero();
  }

  private SessionId explained(String key, String rule) {
    return explained(key, rule, false);
  }

  private SessionId explained(String key, String rule, boolean isProvisional) {
    SessionId session = SessionId.mint();
    MarkerId marker = new MarkerId("m1");
    cluster(key);
    new Sessions(database.jdbi())
        .record(
            project,
            session,
            aVisit(),
            SessionGrowth.NONE,
            SessionStatus.RECORDING,
            clock.instant());
    database.inTransaction(
        () ->
            new ErrorMarkers(database.jdbi())
                .add(project, session, List.of(clustered(apiError("m1", 500), key))));
    reports.record(
        new CheckedReport(
            new AnalysisReport(
                project,
                session,
                ReportStatus.READY,
                "s",
                "c",
                "f",
                null,
                null,
                0.7,
                List.of(),
                clock.instant(),
                new Origin(rule, marker, List.of(), isProvisional)),
            null));
    return session;
  }

  private void cluster(String key) {
    execute(
        """
        insert into issue_cluster (project_id, key, kind, symptom, route, first_seen_at, last_seen_at)
        values (:project, :key, 'api_error', 's', '/', now(), now()) on conflict do nothing
        """,
        key,
        "",
        "",
        0);
  }

  private void triaged(String key, String state) {
    execute(
        "update issue_cluster set state = :a where project_id = :project and key = :key",
        key,
        state,
        "",
        0);
  }

  private void notAnIssue(String key) {
    said(key, "not_an_issue", "", 1);
  }

  private void said(String key, String kind, String rule, int second) {
    execute(
        """
        insert into issue_feedback (id, project_id, cluster_key, kind, metadata, created_at)
        values (gen_random_uuid()::text, :project, :key, :a, jsonb_build_object('rule', :b),
          now() + :second * interval '1 second')
        """,
        key,
        kind,
        rule,
        second);
  }

  private void execute(String sql, String key, String a, String b, int second) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(sql)
                    .configure(
                        org.jdbi.v3.core.statement.SqlStatements.class,
                        config -> config.setUnusedBindingAllowed(true))
                    .bind("project", project)
                    .bind("key", key)
                    .bind("a", a)
                    .bind("b", b)
                    .bind("second", second)
                    .execute());
  }
}
