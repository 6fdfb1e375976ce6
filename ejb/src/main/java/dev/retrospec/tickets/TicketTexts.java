package dev.retrospec.tickets;

import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import java.util.Objects;
import java.util.Optional;

/** What is said of an issue in a tracker, as Markdown. */
final class TicketTexts {

  private static final int MAX_TITLE = 200;

  private final Optional<String> publicUrl;

  /**
   * @param publicUrl of the dashboard; empty: no text leads there
   */
  TicketTexts(Optional<String> publicUrl) {
    this.publicUrl = publicUrl;
  }

  String title(IssueView issue) {
    String title = issue.symptom().replaceAll("\\s+", " ").strip();
    return title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE - 1) + "…" : title;
  }

  /** What visitors' pages said stands in a code block, so that it is text wherever it is shown. */
  String description(IssueView issue, String id) {
    StringBuilder text = new StringBuilder();
    text.append("```\n").append(issue.symptom().replace("```", "'''")).append("\n```\n\n");
    text.append("Seen in ")
        .append(issue.sessionCount())
        .append(issue.sessionCount() == 1 ? " session by " : " sessions by ")
        .append(issue.userCount())
        .append(issue.userCount() == 1 ? " user" : " users")
        .append(" on `")
        .append(issue.route().replace("`", "'"))
        .append("`.\n\n");
    page(issue)
        .ifPresent(url -> text.append("Sessions, replay and trend: ").append(url).append("\n\n"));
    return text.append(mark(id)).toString();
  }

  /** Where the issue stands, as a comment. */
  String comment(IssueView issue) {
    String what =
        issue.state() == TriageState.RESOLVED
            ? "The issue is resolved" + in(issue) + " in RetroSpec."
            : issue.state() == TriageState.REGRESSED
                ? "The issue was seen again after it was resolved in RetroSpec."
                : "The issue is open again in RetroSpec.";
    return what + page(issue).map(url -> " " + url).orElse("");
  }

  /** By which a ticket is known again. */
  String mark(String id) {
    return "RetroSpec: " + id;
  }

  private static String in(IssueView issue) {
    String release = issue.resolvedInRelease();
    return release == null ? "" : " in `" + release.replace("`", "'") + "`";
  }

  private Optional<String> page(IssueView issue) {
    return publicUrl.map(
        url ->
            url
                + "/admin/issues/"
                + issue.key().value()
                + "?project="
                + Objects.requireNonNull(issue.projectId()).value());
  }
}
