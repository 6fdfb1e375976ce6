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
import dev.retrospec.sessions.RecordedSession;
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

  /**
   * Groups the markers that are new, considers their clusters, and asks the workers to look. A
   * session that failed before is looked at without markers too: its visitor may have signed in.
   */
  void take(
      ProjectId project,
      SessionId session,
      RecordedSession recorded,
      List<ObservedMarker> observed) {
    if (observed.isEmpty() && recorded.markerCount() == 0) {
      return;
    }
    MarkerIntake.Taken taken = markers.record(project, session, recorded.visitor(), observed);
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
