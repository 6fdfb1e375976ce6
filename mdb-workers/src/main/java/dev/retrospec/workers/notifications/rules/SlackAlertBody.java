package dev.retrospec.workers.notifications.rules;

import dev.retrospec.alerts.AlertContent;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.workers.messages.slack.Mrkdwn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An alert in Slack's blocks, with the issue as it is now. */
final class SlackAlertBody {

  private static final int MAX_LINE = 300;
  private static final int MAX_TEXT = 1_000;

  private SlackAlertBody() {}

  static Map<String, Object> of(AlertContent content) {
    IssueView issue = content.issue();
    String symptom = Mrkdwn.text(AlertWords.symptom(issue), MAX_LINE);
    List<Object> blocks = new ArrayList<>();
    blocks.add(section("*" + mark(issue) + Mrkdwn.text(AlertWords.headline(content)) + "*"));
    blocks.add(
        section(
            content.page(issue.key()).map(url -> Mrkdwn.link(symptom, url)).orElse(symptom)
                + words(content)));
    blocks.add(Map.of("type", "section", "fields", fields(issue)));
    content
        .report()
        .ifPresent(
            card ->
                blocks.add(
                    section(
                        "*Likely cause* "
                            + Mrkdwn.text(
                                AlertWords.line(card.technicalRootCause(), MAX_TEXT), MAX_TEXT))));
    if (content.more() > 0) {
      blocks.add(section(others(content)));
    }
    List<Object> buttons = new ArrayList<>();
    button(buttons, "issue", "Open the issue", content.page(issue.key()));
    button(
        buttons,
        "replay",
        "Watch a replay",
        Optional.ofNullable(issue.representativeSessionId()).flatMap(content::page));
    if (!buttons.isEmpty()) {
      blocks.add(Map.of("type", "actions", "elements", buttons));
    }
    blocks.add(
        Map.of(
            "type",
            "context",
            "elements",
            List.of(mrkdwn(Mrkdwn.text(AlertWords.source(content))))));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "text", Mrkdwn.text(AlertWords.headline(content) + ": ") + symptom); // of notifications
    body.put("blocks", blocks);
    body.put("unfurl_links", false);
    return body;
  }

  private static String mark(IssueView issue) {
    if (issue.state() == TriageState.RESOLVED) {
      return ":white_check_mark: Resolved · ";
    }
    return issue.state() == TriageState.REGRESSED || issue.state() == TriageState.ESCALATING
        ? ":rotating_light: "
        : ":warning: ";
  }

  private static String words(AlertContent content) {
    return content.words() == null ? "" : "\n" + Mrkdwn.text(content.words(), MAX_LINE);
  }

  private static List<Object> fields(IssueView issue) {
    return List.of(
        mrkdwn("*Kind*\n" + Mrkdwn.text(AlertWords.kind(issue))),
        mrkdwn("*Route*\n" + Mrkdwn.code(issue.route(), MAX_LINE)),
        mrkdwn("*Seen by*\n" + AlertWords.reach(issue)),
        mrkdwn("*State*\n" + Mrkdwn.text(AlertWords.state(issue), MAX_LINE)));
  }

  private static String others(AlertContent content) {
    StringBuilder text = new StringBuilder("*And*");
    for (IssueView other : content.others()) {
      String symptom = Mrkdwn.text(AlertWords.symptom(other), MAX_LINE);
      text.append("\n• ")
          .append(content.page(other.key()).map(url -> Mrkdwn.link(symptom, url)).orElse(symptom))
          .append(", ")
          .append(AlertWords.reach(other));
    }
    String more = AlertWords.more(content);
    return more.isEmpty() ? text.toString() : text + "\n" + more;
  }

  private static void button(List<Object> buttons, String id, String words, Optional<String> url) {
    url.ifPresent(
        address ->
            buttons.add(
                Map.of(
                    "type",
                    "button",
                    "action_id",
                    id,
                    "text",
                    Map.of("type", "plain_text", "text", words),
                    "url",
                    address)));
  }

  private static Map<String, Object> section(String escaped) {
    return Map.of("type", "section", "text", mrkdwn(escaped));
  }

  private static Map<String, Object> mrkdwn(String escaped) {
    // verbatim, because Slack would otherwise make links of names and addresses in foreign text
    return Map.of("type", "mrkdwn", "text", escaped, "verbatim", true);
  }
}
