package dev.retrospec.workers.messages.slack;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.notifications.Messages;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReports;
import dev.retrospec.platform.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackBodyTest {

  /** Slack's own limits of a section, a button's text and address, and of blocks. */
  @Test
  void theWorstRunKeepsSlacksLimits() {
    RunReports worst = aReport().analysed("&<>".repeat(3_000)).on("&".repeat(500));
    for (int i = 0; i < 100; i++) {
      worst.failing("<&>".repeat(100), "&".repeat(4_000), null);
    }

    JsonNode body = body(worst.make());

    assertThat(body.path("blocks").size()).isLessThanOrEqualTo(50);
    assertThat(body.at("/blocks/2/text/text").asText().length()).isLessThanOrEqualTo(500);
    assertThat(body.findValuesAsText("text")).allMatch(text -> text.length() <= 3_000);
    assertThat(body.at("/blocks/2/text/text").asText()).doesNotContainPattern("&[a-z]*$|&[a-z]*…");
  }

  @Test
  void foreignTextCallsNobody() {
    JsonNode body =
        body(aReport().failing("<!channel> `x`", "<!here> <https://evil|ok>", null).make());

    assertThat(body.toString()).doesNotContain("<!", "<https://evil");
    assertThat(body.at("/blocks/2/text/text").asText())
        .contains("`&lt;!channel&gt; 'x'` &lt;!here&gt; &lt;https://evil|ok&gt;");
  }

  @Test
  void whatMarkdownMarksSlackMarksToo() {
    JsonNode body = body(aReport().analysed("## Root cause\n- **port** taken").make());

    assertThat(body.at("/blocks/2/text/text").asText()).endsWith("*Root cause*\n• *port* taken");
  }

  @Test
  void withoutAnyAddressThereAreNoButtons() {
    RunReport report = aReport().like().make();
    RunReport bare =
        new RunReport(
            report.runId(),
            report.outcome(),
            report.origin(),
            null,
            report.failedTests(),
            RunReport.SnapshotLinks.NONE,
            report.similarPatterns(),
            report.recommendedTests(),
            null,
            null,
            null);

    JsonNode body =
        Json.read(Json.write(SlackBody.of(Messages.about(bare, Optional.empty()))), JsonNode.class);

    assertThat(body.findValuesAsText("type")).doesNotContain("actions", "button");
  }

  private static JsonNode body(RunReport report) {
    return Json.read(Json.write(SlackBody.of(Messages.about(report))), JsonNode.class);
  }
}
