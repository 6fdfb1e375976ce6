package dev.retrospec.workers.messages.mail;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Snapshot;
import dev.retrospec.workers.messages.text.Words;
import java.util.Optional;

/**
 * The letter as HTML: nothing is loaded from anywhere, every foreign character is escaped, and the
 * styles stand at their elements, because mail programs keep no others.
 */
final class LetterHtml {

  private static final int MAX_TESTS = 25;
  private static final int MAX_STACK = 2_000;

  private static final String MONO =
      "font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;"
          + "word-break:break-word;background:#f4f5f7;border-left:3px solid #c9372c;"
          + "padding:8px 12px;margin:4px 0 12px";

  private final RunReport report;
  private final Places places;
  private final StringBuilder html = new StringBuilder();

  private LetterHtml(RunMessage message) {
    this.report = message.report();
    this.places = new Places(message);
  }

  static String of(RunMessage message) {
    LetterHtml letter = new LetterHtml(message);
    letter.write();
    return letter.html.toString();
  }

  private void write() {
    html.append(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + escaped(LetterText.subject(report))
            + "</title></head><body style=\"font:15px/1.5 system-ui,Segoe UI,Helvetica,Arial,"
            + "sans-serif;color:#172b4d;max-width:720px;margin:0 auto;padding:16px\">");
    html.append("<h1 style=\"font-size:20px;margin:0 0 12px;color:#ae2a19\">")
        .append(escaped(Words.outcome(report)))
        .append("</h1><table style=\"border-collapse:collapse\">");
    row("Branch", escaped(report.origin().branch()));
    row("Commit", escaped(report.origin().commitHash()));
    row("Author", escaped(report.origin().author()));
    if (report.origin().prNumber() != null) {
      row("Pull request", link("#" + report.origin().prNumber(), places.pullRequest()));
    }
    html.append("</table>");
    places
        .fullReport()
        .ifPresent(
            url ->
                html.append("<p style=\"margin:16px 0\"><a href=\"")
                    .append(escaped(url))
                    .append(
                        "\" style=\"background:#0c66e4;color:#fff;text-decoration:none;"
                            + "padding:9px 16px;border-radius:4px\">View Full Report</a></p>"));
    if (report.analysis() != null && !report.analysis().isBlank()) {
      heading("Analysis");
      html.append("<div style=\"white-space:pre-wrap\">")
          .append(escaped(report.analysis().strip()))
          .append("</div>");
    }
    failures();
    snapshots();
    patterns();
    recommended();
    html.append("</body></html>");
  }

  private void failures() {
    heading("Failed Tests (%d)".formatted(report.failedCount()));
    for (FailedTest test : report.failedTests().stream().limit(MAX_TESTS).toList()) {
      html.append("<div><strong>").append(escaped(test.testName())).append("</strong>");
      if (Boolean.TRUE.equals(test.isNewOnBranch())) {
        html.append(" <span style=\"color:#ae2a19\">new on this branch</span>");
      }
      html.append("</div>");
      String stack =
          test.stackTrace() == null ? "" : "\n\n" + Words.cut(test.stackTrace(), MAX_STACK);
      html.append("<pre style=\"").append(MONO).append("\">");
      html.append(escaped(test.errorMessage().strip() + stack)).append("</pre>");
    }
    int left = report.failedCount() - Math.min(MAX_TESTS, report.failedTests().size());
    if (left > 0) {
      html.append("<p>… and ").append(left).append(" more</p>");
    }
  }

  private void snapshots() {
    if (Snapshot.of(report.snapshots()).isEmpty()) {
      return;
    }
    heading("Snapshots");
    html.append("<ul>");
    Snapshot.of(report.snapshots()).forEach(one -> item(link(one.name(), Optional.of(one.url()))));
    html.append("</ul>");
  }

  private void patterns() {
    if (report.similarPatterns().isEmpty()) {
      return;
    }
    heading("Similar Past Failures");
    html.append("<ul>");
    for (SimilarPattern pattern : report.similarPatterns()) {
      String line =
          "<strong>%s match</strong> - %s (%s)"
              .formatted(
                  Words.percent(pattern.similarity()),
                  link(pattern.summary(), places.pattern(pattern.patternId())),
                  Words.occurrences(pattern));
      if (pattern.issue() != null) {
        line +=
            "<br>in production: %s, %s"
                .formatted(
                    link(pattern.issue().symptom(), places.issue(pattern.issue().key())),
                    Words.reach(pattern.issue()));
      }
      item(line);
    }
    html.append("</ul>");
  }

  private void recommended() {
    if (report.recommendedTests().isEmpty()) {
      return;
    }
    heading("Recommended Tests to Run");
    html.append("<ol>");
    for (RecommendedTest test : report.recommendedTests()) {
      item("<code>" + escaped(test.testName()) + "</code> - " + escaped(test.reason()));
    }
    html.append("</ol>");
  }

  private void heading(String words) {
    html.append("<h2 style=\"font-size:16px;margin:24px 0 8px\">")
        .append(escaped(words))
        .append("</h2>");
  }

  private void row(String name, String cell) {
    html.append("<tr><th style=\"text-align:left;padding:2px 16px 2px 0;font-weight:600\">")
        .append(name)
        .append("</th><td>")
        .append(cell)
        .append("</td></tr>");
  }

  private void item(String content) {
    html.append("<li style=\"margin:4px 0\">").append(content).append("</li>");
  }

  private static String link(String words, Optional<String> url) {
    return url.map(address -> "<a href=\"" + escaped(address) + "\">" + escaped(words) + "</a>")
        .orElse(escaped(words));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
