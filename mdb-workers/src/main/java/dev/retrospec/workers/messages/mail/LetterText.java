package dev.retrospec.workers.messages.mail;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Snapshot;
import dev.retrospec.workers.messages.text.Words;

/** The letter as plain text. */
final class LetterText {

  private static final int MAX_TESTS = 25;
  private static final int MAX_STACK = 2_000;

  private LetterText() {}

  /** One line, without anything that could end a header. */
  static String subject(RunReport report) {
    return "[RetroSpec] %s on %s (%s)"
        .formatted(
            Words.outcome(report),
            Words.cut(report.origin().branch().replaceAll("\\s+", " "), 100),
            Words.shortCommit(report).replaceAll("\\s+", " "));
  }

  static String of(RunMessage message) {
    RunReport report = message.report();
    Places places = new Places(message);
    StringBuilder text = new StringBuilder();
    line(text, Words.outcome(report) + ".");
    line(text, "");
    line(text, "Branch:  " + report.origin().branch());
    line(text, "Commit:  " + report.origin().commitHash());
    line(text, "Author:  " + report.origin().author());
    if (report.origin().prNumber() != null) {
      line(text, "Pull request: " + places.pullRequest().orElse("#" + report.origin().prNumber()));
    }
    places.fullReport().ifPresent(url -> line(text, "Report:  " + url));
    if (report.analysis() != null && !report.analysis().isBlank()) {
      heading(text, "ANALYSIS");
      line(text, report.analysis().strip());
    }
    heading(text, "FAILED TESTS (%d)".formatted(report.failedCount()));
    for (FailedTest test : report.failedTests().stream().limit(MAX_TESTS).toList()) {
      line(text, "* " + test.testName());
      indent(text, test.errorMessage());
      if (test.stackTrace() != null) {
        indent(text, Words.cut(test.stackTrace(), MAX_STACK));
      }
      line(text, "");
    }
    int left = report.failedCount() - Math.min(MAX_TESTS, report.failedTests().size());
    if (left > 0) {
      line(text, "... and %d more".formatted(left));
    }
    if (!Snapshot.of(report.snapshots()).isEmpty()) {
      heading(text, "SNAPSHOTS");
      Snapshot.of(report.snapshots())
          .forEach(one -> line(text, "* " + one.name() + ": " + one.url()));
    }
    if (!report.similarPatterns().isEmpty()) {
      heading(text, "SIMILAR PAST FAILURES");
      report.similarPatterns().forEach(pattern -> pattern(text, pattern, places));
    }
    if (!report.recommendedTests().isEmpty()) {
      heading(text, "RECOMMENDED TESTS TO RUN");
      for (RecommendedTest test : report.recommendedTests()) {
        line(text, "* " + test.testName() + " - " + test.reason());
      }
    }
    return text.toString();
  }

  private static void pattern(StringBuilder text, SimilarPattern pattern, Places places) {
    line(
        text,
        "* %s match - %s (%s)"
            .formatted(
                Words.percent(pattern.similarity()),
                pattern.summary(),
                Words.occurrences(pattern)));
    if (pattern.issue() != null) {
      line(
          text,
          "  in production: %s, %s %s"
              .formatted(
                  pattern.issue().symptom(),
                  Words.reach(pattern.issue()),
                  places.issue(pattern.issue().key()).orElse("")));
    }
  }

  private static void heading(StringBuilder text, String words) {
    line(text, "");
    line(text, words);
    line(text, "");
  }

  private static void indent(StringBuilder text, String block) {
    block.strip().lines().forEach(line -> line(text, "    " + line));
  }

  private static void line(StringBuilder text, String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
