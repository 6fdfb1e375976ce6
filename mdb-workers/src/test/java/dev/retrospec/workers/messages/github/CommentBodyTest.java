package dev.retrospec.workers.messages.github;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.Messages;
import dev.retrospec.notifications.PullRequestRuns;
import dev.retrospec.notifications.PullRequestRuns.Told;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.notifications.RunReports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    String body = body(Messages.about(worst.make()));

    assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(LIMIT);
    assertThat(body)
        .contains("### Failed Tests (100)")
        .containsPattern("… and \\d+ more in the \\[full report\\]\\(https://retrospec.test/")
        .contains("### 💡 Recommended Tests to Run");
  }

  @Test
  void aRedRunWithoutARedTestIsNotCalledGreen() {
    String body = body(Messages.about(aReport().broken().make()));

    assertThat(body)
        .contains("🚨 Backend Tests Failed", "The run failed", "No test is reported as failed")
        .doesNotContain("Failed Tests (0)", "✅");
  }

  @Test
  void errorsCannotLeaveTheirBlock() {
    String body =
        body(
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
        body(
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
        body(
            Messages.about(
                aReport()
                    .like(new SimilarPattern(null, 0.87, "Port taken", 1, null, "flaky", null))
                    .make()));

    assertThat(body).contains("- **87.0% match** - Port taken (occurred once, decided: flaky)");
  }

  @Test
  void severalJobsAreToldTogetherTheNewestInFull() {
    String body =
        body(
            run("unit").failing("adds", "expected 3", null),
            run("e2e").failing("pays", "timed out", "at pay.ts:3"),
            run("lint").passed());

    assertThat(body)
        .contains(
            "## 🚨 Backend Tests Failed",
            "- 🚨 `unit`: [1 of 120 tests failed](https://retrospec.test/admin/runs/",
            "- 🚨 `e2e`: [1 of 120 tests failed](",
            "- ✅ `lint`: [All tests passed](")
        .containsSubsequence("### Failed Tests of `e2e` (1)", "**pays**", "at pay.ts:3")
        .containsSubsequence("### Failed Tests of `unit` (1)", "**adds**");
  }

  @Test
  void aJobThatFailedBeforeAndIsNotToldYetIsNotForgotten() {
    String body =
        body(run("unit").failing("adds", "expected 3", null), run("e2e").at("new").passed());

    assertThat(body)
        .contains("## ⏳ Backend Tests Passed So Far", "**Commit:** `new`")
        .contains(
            "- ⏳ `unit`: 1 of 120 tests failed at `abc123de`, nothing heard of this commit yet")
        .doesNotContain("are gone");
  }

  @Test
  void aJobOfAnOlderCommitThatEndsLateDoesNotTakeTheCommentBack() {
    Told older = told(run("unit").at("old").failing("adds", "expected 3", null), 2, 0);
    Told newer = told(run("e2e").at("new").passed(), 1, 1);

    String body =
        CommentBody.of(Messages.about(older.report()), new PullRequestRuns(List.of(older, newer)));

    assertThat(body).contains("**Commit:** `new`").contains("- ⏳ `unit`: ");
  }

  @Test
  void twentyOfTheWorstJobsFit() {
    RunReports[] worst = new RunReports[20];
    for (int job = 0; job < worst.length; job++) {
      worst[job] = run("💥".repeat(200) + job).analysed("💥".repeat(9_000));
      for (int i = 0; i < 100; i++) {
        worst[job].failing("test " + "📛".repeat(200), "💣".repeat(2_000), "🧨".repeat(8_000));
      }
    }

    String body = body(worst);

    assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(LIMIT);
    assertThat(body).contains("… and ").contains("### 💡 Recommended Tests to Run");
  }

  private static RunReports run(String job) {
    return aReport().of(TestRunId.mint()).job(job);
  }

  /** One after another, told when the last of them ended. */
  private static String body(RunReports... runs) {
    List<Told> told = new ArrayList<>();
    for (RunReports run : runs) {
      told.add(told(run, told.size(), told.size()));
    }
    // Those of one commit have heard of it together.
    List<Told> together =
        told.stream()
            .map(
                one ->
                    new Told(
                        one.report(),
                        one.at(),
                        told.stream()
                            .filter(it -> commit(it).equals(commit(one)))
                            .map(Told::at)
                            .min(Comparator.naturalOrder())
                            .orElseThrow()))
            .toList();
    return CommentBody.of(
        Messages.about(told.get(told.size() - 1).report()), new PullRequestRuns(together));
  }

  private static String body(RunMessage message) {
    return CommentBody.of(
        message,
        new PullRequestRuns(
            List.of(new Told(message.report(), message.requestedAt(), message.requestedAt()))));
  }

  private static Told told(RunReports run, int minute, int commitMinute) {
    return new Told(run.make(), minute(minute), minute(commitMinute));
  }

  private static Instant minute(int minute) {
    return Instant.parse("2026-03-01T10:00:00Z").plusSeconds(60L * minute);
  }

  private static String commit(Told told) {
    return told.report().origin().commitHash();
  }
}
