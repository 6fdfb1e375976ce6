package dev.retrospec.workers.messages.text;

import dev.retrospec.notifications.RunReport.ProductionIssue;
import dev.retrospec.notifications.RunReport.SimilarPattern;

/** A similar failure on one line of Markdown, in the requirements' layout. */
public final class PatternLine {

  private PatternLine() {}

  /** "**92.3% match** - summary (occurred 5 times) · in production: …". */
  public static String of(SimilarPattern pattern, Places places) {
    String summary = Markdown.text(pattern.summary());
    StringBuilder line =
        new StringBuilder(
            "**%s match** - %s (%s"
                .formatted(
                    Words.percent(pattern.similarity()),
                    places
                        .pattern(pattern.patternId())
                        .map(url -> Markdown.link(summary, url))
                        .orElse(summary),
                    Words.occurrences(pattern)));
    String decision = Words.decision(pattern);
    if (!decision.isEmpty()) {
      line.append(", ").append(Markdown.text(decision));
    }
    line.append(')');
    ProductionIssue issue = pattern.issue();
    if (issue != null) {
      String symptom = Markdown.text(issue.symptom());
      line.append(" · in production: ")
          .append(places.issue(issue.key()).map(url -> Markdown.link(symptom, url)).orElse(symptom))
          .append(", ")
          .append(Words.reach(issue));
    }
    return line.toString();
  }
}
