package dev.retrospec.workers.messages.github;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.Channel;
import dev.retrospec.workers.messages.PostRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole reports, and who leads to them. */
class GistsTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void aLongReportIsASecretGistToWhichSlackLeads() {
    room.tell(
        aReport()
            .of(run)
            .failing("test_api_integration", "Connection refused", "at api.ts:10\nat main.ts:3")
            .analysed("## Root cause\n\n" + "The server is not up. ".repeat(40))
            .make());

    room.server()
        .verify(
            postRequestedFor(urlEqualTo("/gists"))
                .withHeader("Authorization", equalTo("Bearer ghp_token"))
                .withRequestBody(matchingJsonPath("$.public", equalTo("false"))));
    String report = room.sent("/gists").at("/files/failure-report.md/content").asText();
    assertThat(report)
        .contains(
            "# 🚨 Backend Tests Failed",
            "| Commit | `abc123def456` |",
            "| Author | john |",
            "#### Root cause",
            "at api.ts:10\nat main.ts:3",
            "**92.3% match**",
            "- `test_api_auth` - Similar failure pattern (92% match) (confidence 85.0%)",
            "```diff\ndiff --git a/src/api.ts b/src/api.ts",
            "| 120 | 1 | 1 | 2 | 1 min 5 s | 1 | 2 |");
    JsonNode buttons = room.sent("/slack").at("/blocks/6/elements");
    assertThat(buttons.at("/0/text/text").asText()).isEqualTo("View Full Report");
    assertThat(buttons.at("/0/url").asText()).isEqualTo("https://gist.github.test/bot/abc1");
    assertThat(buttons.at("/1/url").asText()).isEqualTo(room.page("runs/" + run.value()));
    assertThat(room.sent("/slack").at("/blocks/2/text/text").asText().length())
        .isLessThanOrEqualTo(500);
    assertThat(room.desk().only(run, Channel.GIST).address())
        .isEqualTo("https://gist.github.test/bot/abc1");
  }

  @Test
  void theGistIsChangedWhenMoreIsKnown() {
    room.tell(aReport().of(run).analysed("First words. ".repeat(50)).make());
    room.tell(aReport().of(run).analysed("Better words. ".repeat(50)).make());

    room.server().verify(1, postRequestedFor(urlEqualTo("/gists")));
    room.server()
        .verify(
            patchRequestedFor(urlEqualTo("/gists/abc1"))
                .withRequestBody(
                    matchingJsonPath(
                        "$.files['failure-report.md'].content", containing("Better words."))));
    room.server().verify(1, postRequestedFor(urlEqualTo("/slack")));
    room.server().verify(1, postRequestedFor(urlEqualTo("/hook")));
  }
}
