package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.MarkerIntake;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.issues.promotion.IssuePromotion;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.replays.ReplayRequests;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What follows when something failed in a session, in the caller's transaction. */
@ApplicationScoped
class FailureIntake {

  private static final String TRIGGER = "ingest";

  private final MarkerIntake markers;
  private final IssuePromotion promotion;
  private final ReportCards reportCards;
  private final JobQueue jobs;

  @Inject
  FailureIntake(
      MarkerIntake markers, IssuePromotion promotion, ReportCards reportCards, JobQueue jobs) {
    this.markers = markers;
    this.promotion = promotion;
    this.reportCards = reportCards;
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  protected FailureIntake() {
    this(null, null, null, null);
  }

  /** Groups the markers that are new, considers their clusters, and asks the workers to look. */
  void take(ProjectId project, SessionId session, Visitor visitor, List<ObservedMarker> observed) {
    if (observed.isEmpty()) {
      return;
    }
    MarkerIntake.Taken taken = markers.record(project, session, visitor, observed);
    if (taken.added().isEmpty()) {
      return;
    }
    promotion.consider(project, taken.touched(), PromotionTrigger.INGEST);
    reportCards.await(project, session);
    jobs.enqueueAll(
        List.of(
            ReplayRequests.job(project, session, taken.added(), TRIGGER),
            ReportCards.job(project, session, taken.added())));
  }
}
