package dev.retrospec.notifications;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of a run, and where. */
class RunAudienceTest {

  private final MessageDesk desk = new MessageDesk(MessageDesk.ALL);

  private final TestRunId run = TestRunId.mint();

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

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(MessageDesk.ALL), Stream.of(more)).toArray(String[]::new);
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
    Target.Server server =
        (Target.Server) desk.prepare(run, Channel.WEBHOOK).orElseThrow().target();
    assertThat(server.hook().url()).hasToString("https://own.test/hook");
    assertThat(server.hook().authorization()).isEmpty(); // the other server's secret stays there
    Target.Mailbox mailbox =
        (Target.Mailbox) desk.prepare(run, Channel.EMAIL).orElseThrow().target();
    assertThat(mailbox.recipients()).containsExactly("qa@example.com");
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

    Target.Mailbox mailbox =
        (Target.Mailbox) desk.prepare(run, Channel.EMAIL).orElseThrow().target();
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
    assertThat(desk.prepare(run, Channel.GITHUB).orElseThrow().target())
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

  private List<String> mailbox(MessageDesk guarded) {
    RunMessage letter =
        guarded
            .delivery
            .prepare(guarded.project, guarded.only(run, Channel.EMAIL).id())
            .orElseThrow();
    return ((Target.Mailbox) letter.target()).recipients();
  }
}
