package dev.retrospec.workers.notifications.rules;

import dev.retrospec.alerts.AlertContent;
import dev.retrospec.issues.IssueView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alert as a letter: text, and HTML that loads nothing from anywhere and escapes every foreign
 * character.
 */
final class AlertLetter {

  private static final int MAX_CAUSE = 2_000;

  private AlertLetter() {}

  /** One line, without anything that could end a header. */
  static String subject(AlertContent content) {
    return "[RetroSpec] "
        + AlertWords.headline(content)
        + ": "
        + AlertWords.symptom(content.issue());
  }

  static String text(AlertContent content) {
    StringBuilder text = new StringBuilder();
    line(text, AlertWords.headline(content));
    line(text, "");
    line(text, AlertWords.symptom(content.issue()));
    if (content.words() != null) {
      line(text, content.words());
    }
    line(text, "");
    facts(content).forEach((name, value) -> line(text, name + ": " + value));
    content.page(content.issue().key()).ifPresent(url -> line(text, "Issue: " + url));
    if (content.more() > 0) {
      line(text, "");
      line(text, "Also:");
      for (IssueView other : content.others()) {
        line(text, "* " + AlertWords.symptom(other) + ", " + AlertWords.reach(other));
        content.page(other.key()).ifPresent(url -> line(text, "  " + url));
      }
      line(text, AlertWords.more(content));
    }
    line(text, "");
    line(text, "-- ");
    line(text, AlertWords.source(content));
    return text.toString();
  }

  static String html(AlertContent content) {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(subject(content)))
        .append(
            "</title></head><body style=\"font:15px/1.5 system-ui,Segoe UI,Helvetica,Arial,"
                + "sans-serif;color:#172b4d;max-width:720px;margin:0 auto;padding:16px\">")
        .append("<h1 style=\"font-size:20px;margin:0 0 12px;color:#ae2a19\">")
        .append(escaped(AlertWords.headline(content)))
        .append("</h1><p style=\"font-size:16px\">")
        .append(escaped(AlertWords.symptom(content.issue())))
        .append("</p>");
    if (content.words() != null) {
      html.append("<p>").append(escaped(content.words())).append("</p>");
    }
    html.append("<table style=\"border-collapse:collapse\">");
    facts(content)
        .forEach(
            (name, value) ->
                html.append(
                        "<tr><th style=\"text-align:left;padding:2px 16px 2px 0;font-weight:600\">")
                    .append(escaped(name))
                    .append("</th><td>")
                    .append(escaped(value))
                    .append("</td></tr>"));
    html.append("</table>");
    content
        .page(content.issue().key())
        .ifPresent(
            url ->
                html.append("<p style=\"margin:16px 0\"><a href=\"")
                    .append(escaped(url))
                    .append(
                        "\" style=\"background:#0c66e4;color:#fff;text-decoration:none;"
                            + "padding:9px 16px;border-radius:4px\">Open the issue</a></p>"));
    others(html, content);
    return html.append("<p style=\"color:#626f86\">")
        .append(escaped(AlertWords.source(content)))
        .append("</p></body></html>")
        .toString();
  }

  private static void others(StringBuilder html, AlertContent content) {
    if (content.more() == 0) {
      return;
    }
    html.append("<h2 style=\"font-size:16px\">Also</h2><ul>");
    for (IssueView other : content.others()) {
      String symptom = escaped(AlertWords.symptom(other));
      html.append("<li>")
          .append(
              content
                  .page(other.key())
                  .map(url -> "<a href=\"" + escaped(url) + "\">" + symptom + "</a>")
                  .orElse(symptom))
          .append(", ")
          .append(AlertWords.reach(other))
          .append("</li>");
    }
    html.append("</ul>");
    if (!AlertWords.more(content).isEmpty()) {
      html.append("<p>").append(AlertWords.more(content)).append("</p>");
    }
  }

  private static Map<String, String> facts(AlertContent content) {
    IssueView issue = content.issue();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Kind", AlertWords.kind(issue));
    facts.put("Route", AlertWords.line(issue.route(), 300));
    facts.put("Seen by", AlertWords.reach(issue));
    facts.put("State", AlertWords.state(issue));
    content
        .report()
        .ifPresent(
            card ->
                facts.put("Likely cause", AlertWords.line(card.technicalRootCause(), MAX_CAUSE)));
    return facts;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
