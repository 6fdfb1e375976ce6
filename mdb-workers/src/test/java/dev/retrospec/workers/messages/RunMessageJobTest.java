package dev.retrospec.workers.messages;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.NotificationStatus;
import dev.retrospec.notifications.NotificationView;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each channel has a fate of its own. */
class RunMessageJobTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void everyChannelHearsOfAFailedRun() {
    room.tell(aReport().of(run).make());

    assertThat(room.desk().notifications.ofRun(room.desk().project, run))
        .extracting(NotificationView::channel, NotificationView::status, NotificationView::address)
        .containsExactlyInAnyOrder(
            tuple(Channel.SLACK, NotificationStatus.SENT, null),
            tuple(Channel.GITHUB, NotificationStatus.SENT, "https://github.test/c/501"),
            tuple(Channel.EMAIL, NotificationStatus.SENT, null),
            tuple(Channel.WEBHOOK, NotificationStatus.SENT, null));
  }

  @Test
  void oneChannelThatFailsStopsNoOther() {
    room.server().stubFor(post("/slack").willReturn(aResponse().withStatus(500)));

    room.tell(aReport().of(run).make());

    assertThat(room.desk().only(run, Channel.SLACK))
        .satisfies(
            slack -> {
              assertThat(slack.status()).isEqualTo(NotificationStatus.PENDING);
              assertThat(slack.errorMessage()).isEqualTo("The webhook answered 500");
            });
    assertThat(
            room.desk().notifications.ofRun(room.desk().project, run).stream()
                .filter(one -> one.channel() != Channel.SLACK))
        .hasSize(3)
        .allMatch(one -> one.status() == NotificationStatus.SENT);
  }

  @Test
  void aChannelThatComesBackIsTriedAgainAndOneThatStaysAwayHasFailed() {
    room.server().stubFor(post("/slack").willReturn(aResponse().withStatus(500)));
    room.server().stubFor(post("/hook").willReturn(aResponse().withStatus(500)));
    room.tell(aReport().of(run).make());
    room.server().stubFor(post("/hook").willReturn(aResponse().withStatus(200)));

    room.desk().clock.pass(Duration.ofSeconds(5));
    room.desk().outbox.sweep.sweep();
    room.run(room.desk().jobs(run, Channel.SLACK));
    room.run(room.desk().jobs(run, Channel.WEBHOOK));

    assertThat(room.desk().only(run, Channel.SLACK))
        .satisfies(
            slack -> {
              assertThat(slack.status()).isEqualTo(NotificationStatus.FAILED);
              assertThat(slack.attempts()).isEqualTo(2);
              assertThat(slack.errorMessage()).isEqualTo("The webhook answered 500");
            });
    assertThat(room.desk().only(run, Channel.WEBHOOK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(room.desk().outbox.queries.depths().get(JobKind.RUN_MESSAGE).failedDepth())
        .isEqualTo(1); // a dead letter
  }
}
