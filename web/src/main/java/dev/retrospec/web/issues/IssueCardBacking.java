package dev.retrospec.web.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.web.faces.Filters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report card of the session that shows an issue best, when it is about this issue. */
@Named("issueCard")
@RequestScoped
public class IssueCardBacking {

  private final ReportCards cards;
  private @Nullable IssueView asked;
  private Optional<ReportCardView> card = Optional.empty();

  @Inject
  public IssueCardBacking(ReportCards cards) {
    this.cards = cards;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueCardBacking() {
    this(null);
  }

  /** Null when there is none, or when it explains another failure of that session. */
  public @Nullable ReportCardView of(@Nullable IssueView issue) {
    if (issue == null || issue.representativeSessionId() == null) {
      return null;
    }
    if (!issue.equals(asked)) {
      asked = issue;
      ProjectId project = issue.projectId();
      SessionId session = issue.representativeSessionId();
      card =
          cards
              .find(project, session)
              .filter(
                  found -> cards.issueOf(project, session).filter(issue.key()::equals).isPresent());
    }
    return card.orElse(null);
  }

  /** The session's page at a moment of the replay. */
  public String at(IssueView issue, long ms) {
    Filters moment =
        new Filters("/admin/sessions/" + issue.representativeSessionId(), issue.projectId());
    moment.getValues().put("t", Long.toString(ms));
    return moment.here();
  }
}
