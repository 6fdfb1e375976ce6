package dev.retrospec.workers.messages.text;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.Figures;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import java.util.List;
import java.util.stream.Collectors;

/** All that there is to tell, as one Markdown document for GitHub. */
public final class FullReport {

  private static final int MAX_DIFF_LINES = 100;

  /** A longer one is minified code or data, and nobody reads it. */
  private static final int MAX_DIFF_LINE = 150;

  private final RunReport report;
  private final Places places;
  private final StringBuilder text = new StringBuilder();

  private FullReport(RunMessage message) {
    this.report = message.report();
    this.places = new Places(message);
  }

  public static String of(RunMessage message) {
    FullReport document = new FullReport(message);
    document.summary();
    document.analysis();
    document.recommendations();
    document.failures();
    document.snapshots();
    document.patterns();
    document.changes();
    document.metrics();
    return document.text.toString();
  }

  private void summary() {
    text.append("# 🚨 Backend Tests Failed\n\n| | |\n|---|---|\n");
    row("Result", Words.outcome(report));
    row("Branch", Markdown.code(report.origin().branch()));
    row("Commit", Markdown.code(report.origin().commitHash()));
    row("Author", Markdown.text(localPart(report.origin().author())));
    if (report.origin().prNumber() != null) {
      String number = "#" + report.origin().prNumber();
      row(
          "Pull request",
          places.pullRequest().map(url -> Markdown.link(number, url)).orElse(number));
    }
    row("Run", Markdown.code(report.runId().value()));
    places.run().ifPresent(url -> row("In RetroSpec", Markdown.link("open", url)));
  }

  private void analysis() {
    if (report.analysis() != null && !report.analysis().isBlank()) {
      heading("Analysis");
      text.append(Markdown.foreign(report.analysis()));
    }
  }

  private void recommendations() {
    if (report.recommendedTests().isEmpty()) {
      return;
    }
    heading("💡 Recommended Tests to Run");
    for (RecommendedTest test : report.recommendedTests()) {
      text.append(
          "- %s - %s (confidence %s)\n"
              .formatted(
                  Markdown.code(test.testName()),
                  Markdown.text(test.reason()),
                  Words.percent(test.confidenceScore())));
    }
  }

  private void failures() {
    heading("Failed Tests (%d)".formatted(report.failedCount()));
    for (FailedTest test : report.failedTests()) {
      text.append("### ").append(Markdown.text(test.testName())).append("\n\n");
      if (Boolean.TRUE.equals(test.isNewOnBranch())) {
        text.append("New on this branch: the base branch does not have it.\n\n");
      } else if (Boolean.FALSE.equals(test.isNewOnBranch())) {
        text.append("The base branch fails here too.\n\n");
      }
      text.append(Markdown.block(test.errorMessage(), "", "")).append('\n');
      if (test.stackTrace() != null) {
        text.append(Markdown.block(test.stackTrace(), "", "")).append('\n');
      }
    }
    int left = report.failedCount() - report.failedTests().size();
    if (left > 0) {
      text.append("… and %d more.\n".formatted(left));
    }
  }

  private void snapshots() {
    List<Snapshot> snapshots = Snapshot.of(report.snapshots());
    if (!snapshots.isEmpty()) {
      heading("📸 Snapshots");
      snapshots.forEach(
          one -> text.append("- ").append(Markdown.link(one.name(), one.url())).append('\n'));
    }
  }

  private void patterns() {
    if (report.similarPatterns().isEmpty()) {
      return;
    }
    heading("🔍 Similar Past Failures");
    for (SimilarPattern pattern : report.similarPatterns()) {
      text.append("- ").append(PatternLine.of(pattern, places));
      if (pattern.lastSeen() != null) {
        text.append(", last seen ").append(pattern.lastSeen());
      }
      text.append('\n');
    }
  }

  private void changes() {
    if (report.gitDiff() == null || report.gitDiff().isBlank()) {
      return;
    }
    heading("Git Changes");
    List<String> lines = report.gitDiff().lines().toList();
    String shown =
        lines.stream()
            .limit(MAX_DIFF_LINES)
            .map(line -> Words.cut(line, MAX_DIFF_LINE))
            .collect(Collectors.joining("\n"));
    text.append(Markdown.block(shown, "diff", ""));
    if (lines.size() > MAX_DIFF_LINES) {
      text.append("\n… and %d more lines.\n".formatted(lines.size() - MAX_DIFF_LINES));
    }
  }

  private void metrics() {
    Figures figures = report.figures();
    if (figures == null) {
      return;
    }
    heading("Metrics");
    text.append("| tests | failed | flaky | skipped | duration | similar | recommended |\n");
    text.append("|--:|--:|--:|--:|--:|--:|--:|\n");
    text.append(
        "| %d | %d | %d | %d | %s | %d | %d |\n"
            .formatted(
                figures.tests(),
                figures.failed(),
                figures.flaky(),
                figures.skipped(),
                Words.duration(figures.durationMs()),
                report.similarPatterns().size(),
                report.recommendedTests().size()));
  }

  private void heading(String words) {
    text.append("\n## ").append(words).append("\n\n");
  }

  private void row(String name, String value) {
    // a bar would begin another cell, also within code
    text.append("| %s | %s |\n".formatted(name, value.replaceAll("(?<!\\\\)\\|", "\\\\|")));
  }

  /** A Gist may be passed on: who it was is enough, the address is not for everybody. */
  private static String localPart(String author) {
    int at = author.indexOf('@');
    String name = at > 0 ? author.substring(0, at) : author;
    return name.replaceFirst("\\s*<.*", "");
  }
}
