package dev.retrospec.workers.messages.text;

import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.Figures;
import dev.retrospec.notifications.RunReport.Outcome;
import dev.retrospec.notifications.RunReport.ProductionIssue;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import java.util.Locale;

/** How the parts of a report are called, in plain text; the same in every channel. */
public final class Words {

  private static final int SHORT_COMMIT = 8;

  private Words() {}

  public static String shortCommit(RunReport report) {
    String hash = report.origin().commitHash();
    return hash.length() <= SHORT_COMMIT ? hash : hash.substring(0, SHORT_COMMIT);
  }

  /** "2 of 120 tests failed", "2 tests failed", "All tests passed". */
  public static String outcome(RunReport report) {
    if (report.outcome() == Outcome.PASSED) {
      return "All tests passed";
    }
    int failed = report.failedCount();
    Figures figures = report.figures();
    if (failed == 0) {
      return "The run failed";
    }
    return figures != null && figures.tests() > failed
        ? "%d of %d tests failed".formatted(failed, figures.tests())
        : failed == 1 ? "1 test failed" : failed + " tests failed";
  }

  /** "92.3%". */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** "occurred 5 times". */
  public static String occurrences(SimilarPattern pattern) {
    return pattern.occurrenceCount() == 1
        ? "occurred once"
        : "occurred %d times".formatted(pattern.occurrenceCount());
  }

  /** "143 users in 150 sessions". */
  public static String reach(ProductionIssue issue) {
    return "%s in %s"
        .formatted(count(issue.users(), "user"), count(issue.sessions(), "recorded session"));
  }

  /** "decided: product bug"; empty when nobody has decided. */
  public static String decision(SimilarPattern pattern) {
    return pattern.decision() == null ? "" : "decided: " + pattern.decision().replace('_', ' ');
  }

  /** "1 user", "2 users". */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** "4.2 s", "3 min 5 s". */
  public static String duration(long millis) {
    long seconds = millis / 1_000;
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
        : "%d min %d s".formatted(seconds / 60, seconds % 60);
  }

  /** The first line that says something, not longer than {@code max}. */
  public static String firstLine(String text, int max) {
    return cut(text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip(), max);
  }

  /** At most {@code max} characters, with an ellipsis where something is missing. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Math.max(0, max - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
