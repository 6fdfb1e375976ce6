package dev.retrospec.workers.messages.github;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.Outcome;
import dev.retrospec.workers.messages.text.Markdown;
import dev.retrospec.workers.messages.text.PatternLine;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Snapshot;
import dev.retrospec.workers.messages.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A pull request's comment, in the requirements' layout. */
final class CommentBody {

  /**
   * GitHub refuses more than 65,536 characters. Counted in bytes, of which there are never fewer,
   * and with room for the last sentence.
   */
  static final int MAX_BYTES = 60_000;

  private static final int MAX_TESTS = 25;
  private static final int MAX_ERROR = 1_000;
  private static final int MAX_STACK = 3_000;
  private static final int MAX_ANALYSIS = 3_000;
  private static final int MAX_PATTERNS = 5;
  private static final int MAX_RECOMMENDED = 10;

  private final RunReport report;
  private final Places places;

  private CommentBody(RunMessage message) {
    this.report = message.report();
    this.places = new Places(message);
  }

  /** Invisible, and the same for all comments of a project: it says which one is to be changed. */
  static String marker(ProjectId project) {
    return "<!-- retrospec:run-report project=" + project.value() + " -->";
  }

  static String of(RunMessage message) {
    CommentBody body = new CommentBody(message);
    return marker(message.project())
        + "\n"
        + (message.report().outcome() == Outcome.PASSED ? body.passed() : body.failed());
  }

  private String passed() {
    return "## ✅ Backend Tests Passed\n\n"
        + head()
        + "\nThe failures that were reported here before are gone.\n"
        + places.run().map(url -> "\n" + Markdown.link("The run", url) + "\n").orElse("");
  }

  private String failed() {
    String top = "## 🚨 Backend Tests Failed\n\n" + head() + analysis();
    String bottom = snapshots() + patterns() + recommended() + footer();
    int room = MAX_BYTES - bytes(top) - bytes(bottom);
    return top + tests(room) + bottom;
  }

  private String head() {
    return "**Commit:** %s\n\n%s on %s\n"
        .formatted(
            Markdown.code(report.origin().commitHash()),
            Words.outcome(report),
            Markdown.code(report.origin().branch()));
  }

  private String analysis() {
    String analysis = report.analysis();
    return analysis == null || analysis.isBlank()
        ? ""
        : "\n### 🧠 Analysis\n\n" + Markdown.foreign(Words.cut(analysis, MAX_ANALYSIS));
  }

  private String tests(int room) {
    StringBuilder text =
        new StringBuilder("\n### Failed Tests (%d)\n\n".formatted(report.failedCount()));
    int left = room - bytes(text.toString());
    int told = 0;
    for (FailedTest test : report.failedTests()) {
      String withStack = test(test, true);
      String item = bytes(withStack) <= left / 2 ? withStack : test(test, false);
      if (told == MAX_TESTS || bytes(item) > left) {
        break;
      }
      text.append(item);
      left -= bytes(item);
      told++;
    }
    int untold = report.failedCount() - told;
    if (untold > 0) {
      String more = "… and %d more".formatted(untold);
      text.append(
              places
                  .fullReport()
                  .map(url -> more + " in the " + Markdown.link("full report", url))
                  .orElse(more))
          .append(".\n");
    }
    return text.toString();
  }

  private static String test(FailedTest test, boolean withStack) {
    StringBuilder item =
        new StringBuilder("- **").append(Markdown.text(test.testName())).append("**");
    if (Boolean.TRUE.equals(test.isNewOnBranch())) {
      item.append(" · new on this branch");
    } else if (Boolean.FALSE.equals(test.isNewOnBranch())) {
      item.append(" · fails on the base branch too");
    }
    item.append('\n').append(Markdown.block(Words.cut(test.errorMessage(), MAX_ERROR), "", "  "));
    if (withStack && test.stackTrace() != null) {
      item.append("  <details><summary>Stack trace</summary>\n\n")
          .append(Markdown.block(Words.cut(test.stackTrace(), MAX_STACK), "", "  "))
          .append("  </details>\n");
    }
    return item.append('\n').toString();
  }

  private String snapshots() {
    List<Snapshot> snapshots = Snapshot.of(report.snapshots());
    if (snapshots.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 📸 Snapshots\n\n");
    snapshots.forEach(
        one -> text.append("- ").append(Markdown.link(one.name(), one.url())).append('\n'));
    return text.toString();
  }

  private String patterns() {
    if (report.similarPatterns().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 🔍 Similar Past Failures\n\n");
    report.similarPatterns().stream()
        .limit(MAX_PATTERNS)
        .forEach(pattern -> text.append("- ").append(PatternLine.of(pattern, places)).append('\n'));
    return text.toString();
  }

  private String recommended() {
    if (report.recommendedTests().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 💡 Recommended Tests to Run\n\n");
    report.recommendedTests().stream()
        .limit(MAX_RECOMMENDED)
        .forEach(
            test ->
                text.append(
                    "- %s - %s\n"
                        .formatted(Markdown.code(test.testName()), Markdown.text(test.reason()))));
    return text.toString();
  }

  private String footer() {
    return places
        .fullReport()
        .map(url -> "\n" + Markdown.link("Full report", url) + "\n")
        .orElse("");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
