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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMessagesTest {

  private static final String[] ALL = {
    "SLACK_WEBHOOK_URL", "https://hooks.slack.test/services/T/B/secret",
    "GITHUB_TOKEN", "ghp_token",
    "SMTP_HOST", "mail.test",
    "NOTIFICATION_EMAILS", "team@example.com",
    "NOTIFY_WEBHOOK_URL", "https://hooks.test/runs",
    "NOTIFY_WEBHOOK_AUTH_HEADER", "Bearer secret",
    "RETROSPEC_PUBLIC_URL", "https://retrospec.test/"
  };

  private final MessageDesk desk = new MessageDesk(ALL);
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

  /** The token and the mail server are the operator's, a run may be anybody's. */
  @Test
  void inProductionARunOpensNeitherForeignRepositoriesNorForeignMailboxes() {
    MessageDesk guarded = new MessageDesk(with("RETROSPEC_MODE", "production"));

    List<NotificationView> asked =
        guarded.request(aReport().of(run).by("victim@elsewhere.test").make());

    assertThat(asked).extracting(NotificationView::channel).doesNotContain(Channel.GITHUB);
    assertThat(mailbox(guarded)).containsExactly("team@example.com");
  }

  @Test
  void inProductionListedRepositoriesAndAuthorsOfTheTeamAreTold() {
    MessageDesk guarded =
        new MessageDesk(with("RETROSPEC_MODE", "production", "GITHUB_REPOSITORY", "acme/shop"));

    List<NotificationView> asked = guarded.request(aReport().of(run).by("ann@example.com").make());

    assertThat(asked).extracting(NotificationView::channel).contains(Channel.GITHUB);
    assertThat(mailbox(guarded)).containsExactly("team@example.com", "ann@example.com");
  }

  private List<String> mailbox(MessageDesk guarded) {
    RunMessage letter =
        guarded
            .delivery
            .prepare(guarded.project, guarded.only(run, Channel.EMAIL).id())
            .orElseThrow();
    return ((Target.Mailbox) letter.target()).recipients();
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(ALL), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void withoutSettingsNobodyIsTold() {
    MessageDesk silent = new MessageDesk();

    assertThat(silent.request(aReport().of(run).make())).isEmpty();
  }

  @Test
  void failuresThatPeopleKnowInterruptNobody() {
    List<NotificationView> asked =
        desk.request(aReport().of(run).failingAs("known").failingAs("flaky").make());

    assertThat(asked)
        .extracting(NotificationView::channel)
        .containsExactlyInAnyOrder(Channel.GITHUB, Channel.WEBHOOK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"product_bug", "test_bug", "infrastructure"})
  void oneFailureThatIsNotOneOfTheseIsToldToAll(String decision) {
    assertThat(desk.request(aReport().of(run).failingAs("known").failingAs(decision).make()))
        .hasSize(4);
    assertThat(
            desk.request(
                aReport()
                    .of(TestRunId.mint())
                    .failingAs("known")
                    .failing("new", "boom", null)
                    .make()))
        .hasSize(4);
  }

  @Test
  void theSameAgainTellsNobodyTwice() {
    RunReport report = aReport().of(run).make();
    desk.request(report);
    desk.request(report);

    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);

    RunMessage slack = prepare(Channel.SLACK).orElseThrow();
    desk.delivery.sent(slack, null);
    desk.request(aReport().of(run).analysed("Found: the port is taken.").make());

    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    assertThat(prepare(Channel.SLACK)).isEmpty();
  }

  @Test
  void whatWaitsIsToldWithTheLastWords() {
    desk.request(aReport().of(run).analysed(null).make());
    desk.request(aReport().of(run).analysed("The port is taken.").make());

    assertThat(prepare(Channel.EMAIL).orElseThrow().report().analysis())
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

    RunReport told = prepare(Channel.EMAIL).orElseThrow().report();
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
    RunMessage first = prepare(Channel.GITHUB).orElseThrow();
    desk.request(aReport().of(run).analysed("The port is taken.").make());
    desk.delivery.sent(first, "https://github.com/acme/shop/pull/123#issuecomment-1");

    // what was sent is not what is known now
    assertThat(desk.only(run, Channel.GITHUB).status()).isEqualTo(NotificationStatus.PENDING);
    RunMessage second = prepare(Channel.GITHUB).orElseThrow();
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

    desk.delivery.sent(prepare(Channel.GIST).orElseThrow(), "https://gist.github.com/bot/abc1");

    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    assertThat(desk.jobs(run, Channel.GITHUB)).hasSize(1);
    assertThat(prepare(Channel.SLACK).orElseThrow().gist())
        .contains("https://gist.github.com/bot/abc1");
  }

  @Test
  void nobodyWaitsForASecondAttemptAtTheGist() {
    desk.request(aReport().of(run).analysed("x".repeat(501)).make());

    RunMessage gist = prepare(Channel.GIST).orElseThrow();
    desk.delivery.attemptFailed(gist, "GitHub cannot be reached");

    assertThat(desk.only(run, Channel.GIST))
        .satisfies(
            one -> {
              assertThat(one.status()).isEqualTo(NotificationStatus.PENDING);
              assertThat(one.errorMessage()).isEqualTo("GitHub cannot be reached");
              assertThat(one.attempts()).isEqualTo(1);
            });
    assertThat(desk.jobs(run, Channel.SLACK)).hasSize(1);
    desk.delivery.attemptFailed(prepare(Channel.GIST).orElseThrow(), "still");
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
    RunMessage comment = prepare(Channel.GITHUB).orElseThrow();
    desk.delivery.commented(comment, (Target.PullRequest) comment.target(), 77);
    desk.delivery.sent(comment, null);

    assertThat(desk.request(aReport().of(TestRunId.mint()).at("fedcba98").passed().make()))
        .extracting(NotificationView::channel)
        .containsExactly(Channel.GITHUB);
    // another job of the commit that failed
    assertThat(desk.request(aReport().of(TestRunId.mint()).passed().make())).isEmpty();
  }

  @Test
  void aProjectMayHaveAnotherPlaceOrNone() {
    desk.database.inTransaction(
        () -> {
          desk.channels.put(
              desk.project, new ChannelSetting(Channel.SLACK, false, ChannelTarget.NONE));
          desk.channels.put(
              desk.project,
              new ChannelSetting(
                  Channel.WEBHOOK,
                  true,
                  new ChannelTarget("https://own.test/hook", null, null, null, null)));
          desk.channels.put(
              desk.project,
              new ChannelSetting(
                  Channel.EMAIL,
                  true,
                  new ChannelTarget(null, null, null, List.of("qa@example.com"), false)));
        });

    List<NotificationView> asked = desk.request(aReport().of(run).make());

    assertThat(asked)
        .extracting(NotificationView::channel)
        .containsExactlyInAnyOrder(Channel.GITHUB, Channel.EMAIL, Channel.WEBHOOK);
    Target.Server server = (Target.Server) prepare(Channel.WEBHOOK).orElseThrow().target();
    assertThat(server.hook().url()).hasToString("https://own.test/hook");
    assertThat(server.hook().authorization()).isEmpty(); // the other server's secret stays there
    Target.Mailbox mailbox = (Target.Mailbox) prepare(Channel.EMAIL).orElseThrow().target();
    assertThat(mailbox.recipients()).containsExactly("qa@example.com");
  }

  @Test
  void aChannelThatIsSwitchedOffMeanwhileIsSkipped() {
    desk.request(aReport().of(run).make());
    desk.database.inTransaction(
        () ->
            desk.channels.put(
                desk.project, new ChannelSetting(Channel.SLACK, false, ChannelTarget.NONE)));

    assertThat(prepare(Channel.SLACK)).isEmpty();
    assertThat(desk.only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SKIPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "john@example.com, true",
    "John Doe <john@example.com>, true",
    "john, false",
    "123+john@users.noreply.github.com, false",
    "'john@example.com,eve@example.com', false",
    "'john@example.com\nBcc: eve@example.com', false"
  })
  void theAuthorIsToldWhereItIsAnAddress(String author, boolean isTold) {
    desk.request(aReport().of(run).by(author).make());

    Target.Mailbox mailbox = (Target.Mailbox) prepare(Channel.EMAIL).orElseThrow().target();
    assertThat(mailbox.recipients())
        .isEqualTo(
            isTold ? List.of("team@example.com", "john@example.com") : List.of("team@example.com"));
  }

  @Test
  void commentsStayInTheRepositoriesOfTheProject() {
    desk.database.inTransaction(
        () ->
            desk.channels.put(
                desk.project,
                new ChannelSetting(
                    Channel.GITHUB,
                    true,
                    new ChannelTarget(null, null, List.of("acme/shop"), null, null))));

    assertThat(desk.request(aReport().of(TestRunId.mint()).in("acme/payroll", 1).make()))
        .extracting(NotificationView::channel)
        .doesNotContain(Channel.GITHUB);
    desk.request(aReport().of(run).in(null, 7).make());
    assertThat(prepare(Channel.GITHUB).orElseThrow().target())
        .isInstanceOfSatisfying(
            Target.PullRequest.class,
            place -> assertThat(place.repository()).isEqualTo("acme/shop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "acme/../user", "acme/shop?x=1", "../..", "acme/.."})
  void aRepositoryThatIsNoneIsNotCommented(String repository) {
    assertThat(desk.request(aReport().of(run).in(repository, 1).make()))
        .extracting(NotificationView::channel)
        .doesNotContain(Channel.GITHUB);
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

  private Optional<RunMessage> prepare(Channel channel) {
    return desk.delivery.prepare(desk.project, desk.only(run, channel).id());
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
