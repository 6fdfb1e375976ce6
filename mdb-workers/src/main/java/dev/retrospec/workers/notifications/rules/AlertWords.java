package dev.retrospec.workers.notifications.rules;

import dev.retrospec.alerts.AlertChange;
import dev.retrospec.alerts.AlertContent;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.workers.messages.text.Words;

/** What an alert says in plain words, the same in every channel. */
final class AlertWords {

  private static final int MAX_SYMPTOM = 200;

  private AlertWords() {}

  /** "New issue in Tea shop", "3 alerts in Tea shop while it was quiet". */
  static String headline(AlertContent content) {
    String words =
        content.isDigest() && content.more() > 0
            ? "%d issues while it was quiet".formatted(content.more() + 1)
            : event(content);
    return (content.isTest() ? "Test: " : "") + words + " in " + line(content.projectName(), 80);
  }

  private static String event(AlertContent content) {
    return switch (content.event()) {
      case NEW_ISSUE -> "New issue";
      case REGRESSED -> "Issue is back";
      case ESCALATING -> "Issue escalates";
      case THRESHOLD -> "Threshold crossed";
      case REPORT_READY -> "Report card ready";
    };
  }

  static String symptom(IssueView issue) {
    return line(issue.symptom(), MAX_SYMPTOM);
  }

  /** "12 users in 15 sessions". */
  static String reach(IssueView issue) {
    return Words.count(issue.userCount(), "user")
        + " in "
        + Words.count(issue.sessionCount(), "session");
  }

  static String kind(IssueView issue) {
    return issue.kind().wireName().replace('_', ' ');
  }

  /** "Resolved in 1.4.2", "Open, assigned to ada". */
  static String state(IssueView issue) {
    String word = issue.state().wireName();
    StringBuilder state =
        new StringBuilder().append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    if (issue.state() == TriageState.RESOLVED && issue.resolvedInRelease() != null) {
      state.append(" in ").append(line(issue.resolvedInRelease(), 100));
    }
    if (!issue.assignee().isBlank()) {
      state.append(", assigned to ").append(line(issue.assignee(), 100));
    }
    return state.toString();
  }

  /** "and 7 more"; empty when all are named. */
  static String more(AlertContent content) {
    int unnamed = content.more() - content.others().size();
    return unnamed > 0 ? "and " + unnamed + " more" : "";
  }

  /** Why this message came: "Rule “On call” · test". */
  static String source(AlertContent content) {
    return "Rule “" + line(content.ruleName(), 100) + "”" + (content.isTest() ? " · a test" : "");
  }

  /**
   * What people are told in the thread of a message when an issue changes, which has to be named
   * where the message has several.
   */
  static String change(AlertChange change) {
    IssueView issue = change.issue();
    String name = change.isOneOfSeveral() ? "“" + symptom(issue) + "”" : "The issue";
    return switch (change.what()) {
      case "resolved" ->
          issue.resolvedInRelease() == null
              ? name + " was resolved."
              : name + " was resolved in " + line(issue.resolvedInRelease(), 100) + ".";
      case "regressed" -> name + " is back: it was seen after it had been resolved.";
      case "escalating" -> name + " escalates: it comes much more often than it used to.";
      default -> name + " has changed.";
    };
  }

  static String line(String text, int max) {
    return Words.cut(text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip(), max);
  }
}
