package dev.retrospec.notifications;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMessagesTest {

  private final MessageDesk desk = new MessageDesk(MessageDesk.ALL);

  private final TestRunId run = TestRunId.mint();

  @Test
  void eachChannelHasARowAndAJobOfItsOwn() {
    List<NotificationView> asked = desk.request(aReport().of(run).make());

    assertThat(asked)
        .extracting(NotificationView::channel)
        .containsExactlyInAnyOrder(Channel.SLACK, Channel.GITHUB, Channel.EMAIL, Channel.WEBHOOK);
    assertThat(asked)
        .allSatisfy(
            one -> {
              assertThat(one.status()).isEqualTo(NotificationStatus.PENDING);
              assertThat(one.createdAt()).isEqualTo(MessageDesk.START);
              assertThat(desk.jobs(one.id())).hasSize(1);
            });
    assertThat(desk.outbox.enqueued.fired()).hasSize(1); // one statement, one signal for all
  }

  @Test
  void theSameAgainTellsNobodyTwice() {
    RunReport report = aReport().of(run).make();
    desk.request(report);
    desk.request(report);

    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);

    RunMessage slack = desk.prepare(run, Channel.SLACK).orElseThrow();
    desk.delivery.sent(slack, null);
    desk.request(aReport().of(run).analysed("Found: the port is taken.").make());

    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    assertThat(desk.prepare(run, Channel.SLACK)).isEmpty();
  }

  @Test
  void whatWaitsIsToldWithTheLastWords() {
    desk.request(aReport().of(run).analysed(null).make());
    desk.request(aReport().of(run).analysed("The port is taken.").make());

    assertThat(desk.prepare(run, Channel.EMAIL).orElseThrow().report().analysis())
        .isEqualTo("The port is taken.");
  }

  @Test
  void whoKnowsLessMakesTheOthersForgetNothing() {
    desk.request(aReport().of(run).make());
    RunReport full = aReport().of(run).make();
    desk.request(
        new RunReport(
            run,
            full.outcome(),
            full.origin(),
            null,
            full.failedTests(),
            new RunReport.SnapshotLinks("https://ci.test/later.png", null, null, null),
            List.of(
                new RunReport.SimilarPattern(
                    RunReports.PATTERN, 0.923, "API connection failure", 1, null, null, null)),
            List.of(),
            null,
            null,
            null));

    RunReport told = desk.prepare(run, Channel.EMAIL).orElseThrow().report();
    assertThat(told.analysis()).isEqualTo(full.analysis());
    assertThat(told.recommendedTests()).hasSize(2);
    assertThat(told.snapshots().screenshot()).isEqualTo("https://ci.test/later.png");
    assertThat(told.snapshots().har()).isEqualTo("https://ci.test/network.har");
    assertThat(told.similarPatterns())
        .singleElement()
        .satisfies(
            pattern -> {
              assertThat(pattern.occurrenceCount()).isEqualTo(5);
              assertThat(pattern.issue()).isNotNull();
            });
  }

  @Test
  void aCommentIsChangedWhenMoreIsKnown() {
    desk.request(aReport().of(run).analysed(null).make());
    RunMessage first = desk.prepare(run, Channel.GITHUB).orElseThrow();
    desk.request(aReport().of(run).analysed("The port is taken.").make());
    desk.delivery.sent(first, "https://github.com/acme/shop/pull/123#issuecomment-1");

    // what was sent is not what is known now
    assertThat(desk.only(run, Channel.GITHUB).status()).isEqualTo(NotificationStatus.PENDING);
    RunMessage second = desk.prepare(run, Channel.GITHUB).orElseThrow();
    desk.delivery.sent(second, null);
    assertThat(desk.only(run, Channel.GITHUB))
        .satisfies(
            one -> {
              assertThat(one.status()).isEqualTo(NotificationStatus.SENT);
              assertThat(one.sentAt()).isEqualTo(MessageDesk.START);
              assertThat(one.address()).endsWith("#issuecomment-1");
            });
    assertThat(desk.jobs(run, Channel.GITHUB)).hasSize(2);
  }

  @Test
  void aLongReportBecomesAGistForWhichChatAndCommentWait() {
    desk.request(aReport().of(run).analysed("x".repeat(501)).make());

    assertThat(desk.jobs(run, Channel.GIST)).hasSize(1);
    assertThat(desk.jobs(run, Channel.SLACK)).isEmpty();
    assertThat(desk.jobs(run, Channel.GITHUB)).isEmpty();
    assertThat(desk.jobs(run, Channel.EMAIL)).hasSize(1);

    desk.delivery.sent(
        desk.prepare(run, Channel.GIST).orElseThrow(), "https://gist.github.com/bot/abc1");

    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    assertThat(desk.jobs(run, Channel.GITHUB)).hasSize(1);
    assertThat(desk.prepare(run, Channel.SLACK).orElseThrow().gist())
        .contains("https://gist.github.com/bot/abc1");
  }

  @Test
  void nobodyWaitsForASecondAttemptAtTheGist() {
    desk.request(aReport().of(run).analysed("x".repeat(501)).make());

    RunMessage gist = desk.prepare(run, Channel.GIST).orElseThrow();
    desk.delivery.attemptFailed(gist, "GitHub cannot be reached");

    assertThat(desk.only(run, Channel.GIST))
        .satisfies(
            one -> {
              assertThat(one.status()).isEqualTo(NotificationStatus.PENDING);
              assertThat(one.errorMessage()).isEqualTo("GitHub cannot be reached");
              assertThat(one.attempts()).isEqualTo(1);
            });
    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    desk.delivery.attemptFailed(desk.prepare(run, Channel.GIST).orElseThrow(), "still");
    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
  }

  @Test
  void aShortReportMakesNoGist() {
    desk.request(aReport().of(run).analysed("x".repeat(500)).make());

    assertThat(desk.notifications.ofRun(desk.project, run))
        .extracting(NotificationView::channel)
        .doesNotContain(Channel.GIST);
  }

  @Test
  void aMessageWhoseJobIsGivenUpHasFailedAndIsTriedWhenAskedAgain() {
    RunReport report = aReport().of(run).make();
    desk.request(report);
    NotificationView slack = desk.only(run, Channel.SLACK);

    desk.database.inTransaction(() -> desk.delivery.givenUp(givenUp(slack)));

    assertThat(desk.only(run, Channel.SLACK))
        .satisfies(
            one -> {
              assertThat(one.status()).isEqualTo(NotificationStatus.FAILED);
              assertThat(one.errorMessage()).isEqualTo("The webhook answered 500");
            });
    assertThat(desk.only(run, Channel.EMAIL).status()).isEqualTo(NotificationStatus.PENDING);

    desk.request(report);
    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.PENDING);
    assertThat(desk.jobs(slack.id())).hasSize(2);
  }

  @Test
  void aRunThatPassedSpeaksOnlyWhereAFailureWasTold() {
    assertThat(desk.request(aReport().of(TestRunId.mint()).passed().make())).isEmpty();

    desk.request(aReport().of(run).make());
    RunMessage comment = desk.prepare(run, Channel.GITHUB).orElseThrow();
    desk.delivery.commented(comment, (Target.PullRequest) comment.target(), 77);
    desk.delivery.sent(comment, null);

    assertThat(desk.request(aReport().of(TestRunId.mint()).at("fedcba98").passed().make()))
        .extracting(NotificationView::channel)
        .containsExactly(Channel.GITHUB);
    // another job of the commit that failed
    assertThat(desk.request(aReport().of(TestRunId.mint()).passed().make())).isEmpty();
  }

  @Test
  void aChannelThatIsSwitchedOffMeanwhileIsSkipped() {
    desk.request(aReport().of(run).make());
    desk.database.inTransaction(
        () ->
            desk.channels.put(
                desk.project, new ChannelSetting(Channel.SLACK, false, ChannelTarget.NONE)));

    assertThat(desk.prepare(run, Channel.SLACK)).isEmpty();
    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SKIPPED);
  }

  @Test
  void anotherProjectSeesAndSendsNothingOfIt() {
    desk.request(aReport().of(run).make());
    ProjectId other = desk.database.newProject();

    assertThat(desk.notifications.ofRun(other, run)).isEmpty();
    assertThat(desk.delivery.prepare(other, desk.only(run, Channel.SLACK).id())).isEmpty();
  }

  @Test
  void messagesGoWhenTheirTimeIsOver() {
    desk.request(aReport().of(run).make());
    desk.clock.pass(Duration.ofDays(29));
    desk.data.sweep(desk.clock.instant());
    assertThat(desk.notifications.ofRun(desk.project, run)).isNotEmpty();

    desk.clock.pass(Duration.ofDays(2));
    desk.data.sweep(desk.clock.instant());
    assertThat(desk.notifications.ofRun(desk.project, run)).isEmpty();
  }

  private JobGivenUp givenUp(NotificationView message) {
    return new JobGivenUp(
        new Job(
            desk.jobs(message.id()).get(0),
            JobKind.RUN_MESSAGE,
            desk.project,
            message.id().value(),
            "{}",
            6,
            6),
        "The webhook answered 500");
  }
}
