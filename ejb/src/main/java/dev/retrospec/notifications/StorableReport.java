package dev.retrospec.notifications;

import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.Origin;
import dev.retrospec.notifications.RunReport.ProductionIssue;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.notifications.RunReport.SnapshotLinks;
import dev.retrospec.privacy.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a report fit to be stored and to leave the house: without secrets and personal data (but
 * for the author), without what terminals draw and PostgreSQL cannot store, and bounded.
 */
final class StorableReport {

  /** A reader looks at no more; the run's page has all of them. */
  static final int MAX_FAILED_TESTS = 100;

  static final int MAX_PATTERNS = 20;
  static final int MAX_RECOMMENDED = 20;
  static final int MAX_LINE = 500;
  static final int MAX_ERROR = 4_000;
  static final int MAX_STACK = 16_000;
  static final int MAX_ANALYSIS = 20_000;
  static final int MAX_DIFF = 20_000;

  /** Of all stacks together, because the report is stored once for each channel. */
  static final int MAX_STACKS = 200_000;

  /** ECMA-48: control sequences, and strings such as a terminal's title or a hyperlink. */
  private static final Pattern TERMINAL =
      Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|.)");

  private final SecretText secrets = new SecretText();
  private int stackBudget = MAX_STACKS;

  private StorableReport() {}

  static RunReport of(RunReport report) {
    return new StorableReport().clean(report);
  }

  private RunReport clean(RunReport report) {
    Origin origin = report.origin();
    List<FailedTest> failed = new ArrayList<>();
    report.failedTests().stream().limit(MAX_FAILED_TESTS).map(this::test).forEach(failed::add);
    SnapshotLinks links = report.snapshots();
    return new RunReport(
        report.runId(),
        report.outcome(),
        new Origin(
            bounded(plain(origin.commitHash()), MAX_LINE),
            bounded(plain(origin.branch()), MAX_LINE),
            bounded(plain(origin.author()), MAX_LINE),
            origin.repository() == null ? null : bounded(plain(origin.repository()), MAX_LINE),
            origin.prNumber(),
            origin.job() == null || origin.job().isBlank()
                ? null
                : bounded(plain(origin.job()), MAX_LINE)),
        report.figures() == null && report.failedTests().size() > MAX_FAILED_TESTS
            ? new RunReport.Figures(
                report.failedTests().size(), report.failedTests().size(), 0, 0, 0)
            : report.figures(),
        failed,
        new SnapshotLinks(
            link(links.screenshot()),
            link(links.htmlDump()),
            link(links.har()),
            link(links.consoleLogs())),
        report.similarPatterns().stream().limit(MAX_PATTERNS).map(this::pattern).toList(),
        report.recommendedTests().stream().limit(MAX_RECOMMENDED).map(this::test).toList(),
        report.analysis() == null ? null : text(report.analysis(), MAX_ANALYSIS),
        report.gitDiff() == null ? null : text(report.gitDiff(), MAX_DIFF),
        link(report.reportUrl()));
  }

  private FailedTest test(FailedTest test) {
    return new FailedTest(
        text(test.testName(), MAX_LINE),
        text(test.errorMessage(), MAX_ERROR),
        stack(test.stackTrace()),
        test.isNewOnBranch(),
        test.decision());
  }

  private @Nullable String stack(@Nullable String stack) {
    if (stack == null || stack.isBlank() || stackBudget == 0) {
      return null;
    }
    String kept = text(stack, Math.min(MAX_STACK, stackBudget));
    stackBudget = Math.max(0, stackBudget - kept.length());
    return kept;
  }

  private SimilarPattern pattern(SimilarPattern pattern) {
    ProductionIssue issue = pattern.issue();
    return new SimilarPattern(
        pattern.patternId(),
        pattern.similarity(),
        text(pattern.summary(), MAX_LINE),
        pattern.occurrenceCount(),
        pattern.lastSeen(),
        pattern.decision(),
        issue == null
            ? null
            : new ProductionIssue(
                issue.key(), text(issue.symptom(), MAX_LINE), issue.users(), issue.sessions()));
  }

  private RecommendedTest test(RecommendedTest test) {
    return new RecommendedTest(
        text(test.testName(), MAX_LINE), text(test.reason(), MAX_LINE), test.confidenceScore());
  }

  private @Nullable String link(@Nullable String url) {
    return WebAddress.link(url).map(secrets::redactLink).orElse(null);
  }

  private String text(String text, int max) {
    // Twice the room before the scrub, so that it never has to read megabytes; cut again after it.
    return bounded(secrets.redact(bounded(plain(bounded(text, 4 * max)), 2 * max)), max);
  }

  private static String bounded(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }

  /** Without terminal sequences and control characters; halves of a pair become U+FFFD. */
  private static String plain(String text) {
    String drawn = text.indexOf('\u001B') < 0 ? text : TERMINAL.matcher(text).replaceAll("");
    StringBuilder plain = new StringBuilder(drawn.length());
    drawn
        .codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                plain.append('\uFFFD');
              } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }
}
