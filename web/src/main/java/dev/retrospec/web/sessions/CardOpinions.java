package dev.retrospec.web.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.FeedbackEntry;
import dev.retrospec.issues.IssueFeedback;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.RuleRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A thumb on a report card, as a word on the issue that the card explains. */
@ApplicationScoped
public class CardOpinions {

  /** What the calibration counts for a rule. */
  public static final String HELPFUL = "card_helpful";

  /** What it counts against it. */
  public static final String WRONG = "card_wrong";

  private final ReportCards cards;
  private final IssueFeedback feedback;

  @Inject
  public CardOpinions(ReportCards cards, IssueFeedback feedback) {
    this.cards = cards;
    this.feedback = feedback;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected CardOpinions() {
    this(null, null);
  }

  /**
   * Keeps it; the latest one on an issue counts.
   *
   * @throws NotFound when the session has no card
   * @throws InvalidRequest when no rule of ours wrote the card: there is nobody to learn from it
   */
  FeedbackEntry say(
      ProjectId project,
      SessionId session,
      boolean helpful,
      @Nullable String note,
      @Nullable String by) {
    ReportCardView card =
        cards.find(project, session).orElseThrow(() -> new NotFound("report card"));
    RuleRecord rule = card.rule();
    ClusterKey issue = cards.issueOf(project, session).orElse(null);
    if (rule == null || issue == null) {
      throw new InvalidRequest("only a card that an analyzer of this server wrote can be judged");
    }
    return feedback.add(
        project,
        issue,
        new IssueFeedback.Said(
            helpful ? HELPFUL : WRONG, session, note, by, Map.of("rule", rule.rule())));
  }
}
