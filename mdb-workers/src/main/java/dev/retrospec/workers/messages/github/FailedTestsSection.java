package dev.retrospec.workers.messages.github;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.workers.messages.text.Markdown;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Words;

/** The failed tests of one run, as many as there is room for. */
final class FailedTestsSection {

  private static final int MAX_TESTS = 25;
  private static final int MAX_ERROR = 1_000;
  private static final int MAX_STACK = 3_000;

  private FailedTestsSection() {}

  /**
   * @param heading ends with a blank
   * @param room in bytes
   */
  static String of(RunMessage message, String heading, int room) {
    RunReport report = message.report();
    if (report.failedCount() == 0) {
      return "\n### %s\n\nNo test is reported as failed: the tests may have ended before the last of them.\n"
          .formatted(heading.strip());
    }
    StringBuilder text =
        new StringBuilder("\n### %s(%d)\n\n".formatted(heading, report.failedCount()));
    int left = room - Markdown.bytes(text.toString());
    int told = 0;
    for (FailedTest test : report.failedTests()) {
      String withStack = test(test, true);
      String item = Markdown.bytes(withStack) <= left / 2 ? withStack : test(test, false);
      if (told == MAX_TESTS || Markdown.bytes(item) > left) {
        break;
      }
      text.append(item);
      left -= Markdown.bytes(item);
      told++;
    }
    int untold = report.failedCount() - told;
    if (untold > 0) {
      String more = "… and %d more".formatted(untold);
      text.append(
              new Places(message)
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
    if (test.decision() != null) {
      item.append(" · decided: ").append(Markdown.text(test.decision().replace('_', ' ')));
    }
    item.append('\n').append(Markdown.block(Words.cut(test.errorMessage(), MAX_ERROR), "", "  "));
    if (withStack && test.stackTrace() != null) {
      item.append("  <details><summary>Stack trace</summary>\n\n")
          .append(Markdown.block(Words.cut(test.stackTrace(), MAX_STACK), "", "  "))
          .append("  </details>\n");
    }
    return item.append('\n').toString();
  }
}
