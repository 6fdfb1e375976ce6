package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** Report cards go with their session. */
@ApplicationScoped
public class ReportData implements ExpiringData {

  private final ReportCards cards;

  @Inject
  public ReportData(ReportCards cards) {
    this.cards = cards;
  }

  /** For the container's proxy. */
  protected ReportData() {
    this(null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    cards.delete(project, sessions);
    return Deleted.NOTHING;
  }
}
