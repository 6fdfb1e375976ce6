package dev.retrospec.workers.messages.slack;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.ProductionIssue;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's message in Slack's blocks: a short summary, then buttons to everything else. */
final class SlackBody {

  /** The requirements' number; marks included. */
  static final int MAX_SUMMARY = 500;

  private static final int MAX_FIELD = 200;
  private static final int MAX_NAMED = 3;
  private static final int MAX_ERROR = 100;
  private static final int MAX_LINE = 300;

  private final RunMessage message;
  private final RunReport report;
  private final Places places;

  private SlackBody(RunMessage message) {
    this.message = message;
    this.report = message.report();
    this.places = new Places(message);
  }

  static Map<String, Object> of(RunMessage message) {
    SlackBody body = new SlackBody(message);
    List<Object> blocks = new ArrayList<>();
    blocks.add(Map.of("type", "header", "text", plain("🚨 Backend tests failed")));
    blocks.add(Map.of("type", "section", "fields", body.fields()));
    blocks.add(section(body.summary()));
    if (!body.report.similarPatterns().isEmpty()) {
      blocks.add(section(body.patterns()));
    }
    if (!body.report.recommendedTests().isEmpty()) {
      blocks.add(section(body.recommended()));
    }
    blocks.add(Map.of("type", "context", "elements", List.of(mrkdwn(body.context()))));
    List<Object> buttons = body.buttons();
    if (!buttons.isEmpty()) {
      blocks.add(Map.of("type", "actions", "elements", buttons));
    }
    return Map.of("text", body.fallback(), "blocks", blocks);
  }

  /** What a phone's lock screen shows. */
  private String fallback() {
    return Mrkdwn.text(
        "%s on %s (%s)"
            .formatted(Words.outcome(report), report.origin().branch(), Words.shortCommit(report)),
        MAX_LINE);
  }

  private List<Object> fields() {
    List<Object> fields = new ArrayList<>();
    fields.add(field("Branch", Mrkdwn.code(report.origin().branch(), MAX_FIELD)));
    fields.add(field("Commit", Mrkdwn.code(Words.shortCommit(report), MAX_FIELD)));
    fields.add(field("Author", Mrkdwn.text(localPart(report.origin().author()), MAX_FIELD)));
    if (report.origin().prNumber() != null) {
      String number = "#" + report.origin().prNumber();
      fields.add(
          field(
              "Pull request",
              places.pullRequest().map(url -> Mrkdwn.link(number, url)).orElse(number)));
    }
    return fields;
  }

  private String summary() {
    StringBuilder summary = new StringBuilder("*" + Words.outcome(report) + "*");
    report.failedTests().stream()
        .limit(MAX_NAMED)
        .forEach(
            test ->
                append(summary, "\n• " + Mrkdwn.code(test.testName(), MAX_ERROR) + error(test)));
    int left = report.failedCount() - Math.min(MAX_NAMED, report.failedTests().size());
    if (left > 0) {
      append(summary, "\n… and %d more".formatted(left));
    }
    String analysis = report.analysis();
    if (analysis != null && !analysis.isBlank()) {
      int room = MAX_SUMMARY - summary.length() - 1;
      if (room > 0) {
        summary.append('\n').append(Mrkdwn.text(Mrkdwn.fromMarkdown(analysis), room));
      }
    }
    return summary.toString();
  }

  private static void append(StringBuilder summary, String line) {
    if (summary.length() + line.length() <= MAX_SUMMARY) {
      summary.append(line);
    }
  }

  private static String error(FailedTest test) {
    String line = Words.firstLine(test.errorMessage(), MAX_ERROR);
    return line.isEmpty() ? "" : " " + Mrkdwn.text(line, MAX_ERROR);
  }

  private String patterns() {
    StringBuilder text = new StringBuilder("*Similar past failures*");
    report.similarPatterns().stream()
        .limit(MAX_NAMED)
        .forEach(pattern -> text.append('\n').append(pattern(pattern)));
    return text.toString();
  }

  private String pattern(SimilarPattern pattern) {
    String summary = Mrkdwn.text(pattern.summary(), MAX_LINE);
    String line =
        "• *%s match* - %s (%s)"
            .formatted(
                Words.percent(pattern.similarity()),
                places
                    .pattern(pattern.patternId())
                    .map(url -> Mrkdwn.link(summary, url))
                    .orElse(summary),
                Words.occurrences(pattern));
    ProductionIssue issue = pattern.issue();
    if (issue == null) {
      return line;
    }
    String symptom = Mrkdwn.text(issue.symptom(), MAX_LINE);
    return line
        + "\n   in production: "
        + places.issue(issue.key()).map(url -> Mrkdwn.link(symptom, url)).orElse(symptom)
        + ", "
        + Words.reach(issue);
  }

  private String recommended() {
    StringBuilder text = new StringBuilder("*Recommended tests to run*");
    int number = 1;
    for (RecommendedTest test : report.recommendedTests().stream().limit(MAX_NAMED).toList()) {
      text.append(
          "\n%d. %s - %s"
              .formatted(
                  number++,
                  Mrkdwn.code(test.testName(), MAX_LINE),
                  Mrkdwn.text(test.reason(), MAX_LINE)));
    }
    return text.toString();
  }

  private String context() {
    return "Similar patterns %d | Recommended tests %d | Run %s"
        .formatted(
            report.similarPatterns().size(),
            report.recommendedTests().size(),
            report.runId().value());
  }

  private List<Object> buttons() {
    List<Object> buttons = new ArrayList<>();
    places
        .fullReport()
        .ifPresent(url -> buttons.add(button("full_report", "View Full Report", url, true)));
    if (message.gist().isPresent()) {
      places.run().ifPresent(url -> buttons.add(button("run", "Open in RetroSpec", url, false)));
    }
    button(
        buttons, "screenshot", "Screenshot", Optional.ofNullable(report.snapshots().screenshot()));
    button(buttons, "html", "HTML Dump", Optional.ofNullable(report.snapshots().htmlDump()));
    button(buttons, "har", "Network HAR", Optional.ofNullable(report.snapshots().har()));
    button(
        buttons, "console", "Console Logs", Optional.ofNullable(report.snapshots().consoleLogs()));
    button(
        buttons,
        "patterns",
        "Similar Patterns",
        report.similarPatterns().stream()
            .findFirst()
            .flatMap(pattern -> places.pattern(pattern.patternId())));
    return buttons;
  }

  private static void button(List<Object> buttons, String id, String words, Optional<String> url) {
    url.ifPresent(address -> buttons.add(button(id, words, address, false)));
  }

  private static Map<String, Object> button(
      String id, String words, String url, boolean isPrimary) {
    Map<String, Object> button = new LinkedHashMap<>();
    button.put("type", "button");
    button.put("action_id", id);
    button.put("text", plain(words));
    button.put("url", url);
    if (isPrimary) {
      button.put("style", "primary");
    }
    return button;
  }

  private static Map<String, Object> field(String name, String escaped) {
    return mrkdwn("*" + name + ":*\n" + escaped);
  }

  private static Map<String, Object> section(String escaped) {
    return Map.of("type", "section", "text", mrkdwn(escaped));
  }

  private static Map<String, Object> mrkdwn(String escaped) {
    // verbatim, because Slack would otherwise make links of names and addresses in foreign text
    return Map.of("type", "mrkdwn", "text", escaped, "verbatim", true);
  }

  private static Map<String, Object> plain(String words) {
    return Map.of("type", "plain_text", "text", words, "emoji", true);
  }

  private static String localPart(String author) {
    int at = author.indexOf('@');
    return (at > 0 ? author.substring(0, at) : author).replaceFirst("\\s*<.*", "");
  }
}
