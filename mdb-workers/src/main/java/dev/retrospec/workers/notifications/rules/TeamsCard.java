package dev.retrospec.workers.notifications.rules;

import dev.retrospec.alerts.AlertContent;
import dev.retrospec.issues.IssueView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert as an Adaptive Card in the envelope that a workflow of Microsoft Teams takes ("When a
 * Teams webhook request is received").
 */
final class TeamsCard {

  private static final int MAX_TEXT = 1_000;

  private TeamsCard() {}

  static Map<String, Object> of(AlertContent content) {
    IssueView issue = content.issue();
    List<Object> body = new ArrayList<>();
    body.add(text(AlertWords.headline(content), "Medium", "Bolder"));
    body.add(text(AlertWords.symptom(issue), "Default", "Default"));
    if (content.words() != null) {
      body.add(text(content.words(), "Default", "Default"));
    }
    body.add(
        Map.of(
            "type",
            "FactSet",
            "facts",
            List.of(
                fact("Kind", AlertWords.kind(issue)),
                fact("Route", issue.route()),
                fact("Seen by", AlertWords.reach(issue)),
                fact("State", AlertWords.state(issue)))));
    content
        .report()
        .ifPresent(
            card ->
                body.add(
                    text(
                        "Likely cause: " + AlertWords.line(card.technicalRootCause(), MAX_TEXT),
                        "Default",
                        "Default")));
    for (IssueView other : content.others()) {
      body.add(
          text(
              "And: " + AlertWords.symptom(other) + ", " + AlertWords.reach(other),
              "Small",
              "Default"));
    }
    String more = AlertWords.more(content);
    if (!more.isEmpty()) {
      body.add(text(more, "Small", "Default"));
    }
    body.add(text(AlertWords.source(content), "Small", "Lighter"));
    List<Object> actions = new ArrayList<>();
    open(actions, "Open the issue", content.page(issue.key()));
    open(
        actions,
        "Watch a replay",
        Optional.ofNullable(issue.representativeSessionId()).flatMap(content::page));
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.put("body", body);
    card.put("actions", actions);
    return Map.of(
        "type",
        "message",
        "attachments",
        List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
  }

  private static Map<String, Object> text(String words, String size, String weight) {
    return Map.of(
        "type", "TextBlock", "text", plain(words), "wrap", true, "size", size, "weight", weight);
  }

  private static Map<String, Object> fact(String title, String value) {
    return Map.of("title", title, "value", plain(value));
  }

  private static void open(List<Object> actions, String title, Optional<String> url) {
    url.ifPresent(
        address -> actions.add(Map.of("type", "Action.OpenUrl", "title", title, "url", address)));
  }

  /** A card reads Markdown: foreign text forms no link and no picture. */
  static String plain(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]()<>!#~|])", "\\\\$1");
  }
}
