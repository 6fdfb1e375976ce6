package dev.retrospec.workers.messages.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.NotificationStatus;
import dev.retrospec.notifications.RunReports;
import dev.retrospec.workers.messages.PostRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Slack hears. */
class SlackMessagesTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void slackGetsAShortSummaryAndButtons() {
    room.tell(aReport().of(run).make());

    JsonNode body = room.sent("/slack");
    assertThat(body.path("text").asText())
        .isEqualTo("1 of 120 tests failed on feature/new-ui (abc123de)");
    assertThat(body.findValuesAsText("type")).contains("header", "section", "context", "actions");
    assertThat(body.at("/blocks/2/text/text").asText())
        .isEqualTo(
            "*1 of 120 tests failed*\n• `test_api_integration` Connection refused\n"
                + "The client calls `/api/auth` before the server listens.");
    assertThat(body.at("/blocks/3/text/text").asText())
        .contains(
            "*92.3% match* - <https://retrospec.test/admin/patterns/" + RunReports.PATTERN.value())
        .contains("|API connection failure in auth module> (occurred 5 times)")
        .contains("|POST /api/auth 502>, 143 users in 150 recorded sessions");
    assertThat(body.at("/blocks/4/text/text").asText())
        .contains("1. `test_api_auth` - Similar failure pattern (92% match)");
    JsonNode buttons = body.at("/blocks/6/elements");
    assertThat(buttons.findValuesAsText("url"))
        .containsExactly(
            room.page("runs/" + run.value()),
            "https://ci.test/screenshot.png",
            "https://ci.test/page.html",
            "https://ci.test/network.har",
            "https://ci.test/console.log",
            room.page("patterns/" + RunReports.PATTERN.value()));
    assertThat(buttons.at("/0/text/text").asText()).isEqualTo("View Full Report");
    assertThat(buttons.at("/0/style").asText()).isEqualTo("primary");
  }

  @Test
  void withoutTheGistSlackLeadsToTheRunsPage() {
    room.server().stubFor(post("/gists").willReturn(aResponse().withStatus(500)));

    room.tell(aReport().of(run).analysed("x".repeat(600)).make());

    assertThat(room.desk().only(run, Channel.SLACK).status()).isEqualTo(NotificationStatus.SENT);
    assertThat(room.sent("/slack").at("/blocks/6/elements/0/url").asText())
        .isEqualTo(room.page("runs/" + run.value()));
    assertThat(room.desk().only(run, Channel.GIST).status()).isEqualTo(NotificationStatus.PENDING);
  }
}
