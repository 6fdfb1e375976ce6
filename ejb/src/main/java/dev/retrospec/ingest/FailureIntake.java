package dev.retrospec.ingest;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.MarkerIntake;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.issues.promotion.IssuePromotion;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.replays.ReplayRequests;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RecordedSession;
import dev.retrospec.sessions.UnreadStacks;
import dev.retrospec.sourcemaps.SymbolicationTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What follows when something failed in a session, in the caller's transaction. */
@ApplicationScoped
class FailureIntake {

  private static final String TRIGGER = "ingest";

  private final OriginalStackIntake originals;
  private final UnreadStacks unreadStacks;
  private final MarkerIntake markers;
  private final IssuePromotion promotion;
  private final ReportCards reportCards;
  private final JobQueue jobs;

  @Inject
  FailureIntake(
      OriginalStackIntake originals,
      UnreadStacks unreadStacks,
      MarkerIntake markers,
      IssuePromotion promotion,
      ReportCards reportCards,
      JobQueue jobs) {
    this.originals = originals;
    this.unreadStacks = unreadStacks;
    this.markers = markers;
    this.promotion = promotion;
    this.reportCards = reportCards;
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  protected FailureIntake() {
    this(null, null, null, null, null, null);
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
    originals.visited(project, recorded.release());
    if (observed.isEmpty() && recorded.markerCount() == 0) {
      return;
    }
    OriginalStackIntake.Read read = originals.read(project, recorded.release(), observed);
    MarkerIntake.Taken taken = markers.record(project, session, recorded.visitor(), read.markers());
    if (taken.added().isEmpty()) {
      return;
    }
    Set<MarkerId> unread = new TreeSet<>(Comparator.comparing(MarkerId::value));
    unread.addAll(read.unknown());
    unread.retainAll(taken.added());
    if (!unread.isEmpty()) {
      unreadStacks.await(project, session, unread);
    }
    promotion.consider(project, taken.touched(), PromotionTrigger.INGEST);
    reportCards.await(project, session);
    List<NewJob> wanted =
        new ArrayList<>(
            List.of(
                ReplayRequests.job(project, session, taken.added(), TRIGGER),
                ReportCards.job(project, session, taken.added())));
    if (!unread.isEmpty()) {
      wanted.add(SymbolicationTask.ofMarkers(project, session, unread));
    }
    jobs.enqueueAll(wanted);
  }
}
