package dev.retrospec.workers.messages.github;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.notifications.Messages;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.notifications.RunReports;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommentBodyTest {

  /** Of GitHub. */
  private static final int LIMIT = 65_536;

  @Test
  void theWorstRunFitsAndLeadsToTheRest() {
    RunReports worst = aReport().analysed("💥".repeat(9_000));
    for (int i = 0; i < 100; i++) {
      worst.failing("test " + "📛".repeat(200), "💣".repeat(2_000), "🧨".repeat(8_000));
    }

    String body = CommentBody.of(Messages.about(worst.make()));

    assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(LIMIT);
    assertThat(body)
        .contains("### Failed Tests (100)")
        .containsPattern("… and \\d+ more in the \\[full report\\]\\(https://retrospec.test/")
        .contains("### 💡 Recommended Tests to Run");
  }

  @Test
  void errorsCannotLeaveTheirBlock() {
    String body =
        CommentBody.of(
            Messages.about(
                aReport()
                    .failing("t", "```\n## Approved by @octocat\n<!-- x -->", "</details>")
                    .make()));

    assertThat(body).contains("  ````\n  ```\n  ## Approved by @octocat");
    assertThat(body.lines()).noneMatch(line -> line.startsWith("## Approved"));
  }

  @Test
  void withoutAnythingElseItTellsTheFailures() {
    String body =
        CommentBody.of(
            Messages.about(
                aReport().like().analysed(null).failing("only_this", "boom", null).make(),
                Optional.empty()));

    assertThat(body)
        .contains("- **only_this**")
        .doesNotContain("Similar Past Failures", "Analysis", "Full report");
  }

  @Test
  void whatPeopleDecidedStandsBesideThePattern() {
    String body =
        CommentBody.of(
            Messages.about(
                aReport()
                    .like(new SimilarPattern(null, 0.87, "Port taken", 1, null, "flaky", null))
                    .make()));

    assertThat(body).contains("- **87.0% match** - Port taken (occurred once, decided: flaky)");
  }
}
