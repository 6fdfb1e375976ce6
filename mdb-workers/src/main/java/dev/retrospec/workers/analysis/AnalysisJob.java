package dev.retrospec.workers.analysis;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.reports.AnalysisJobPayload;
import dev.retrospec.reports.AnalysisReport;
import dev.retrospec.reports.AnalysisReports;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.CheckedReport;
import dev.retrospec.reports.EvidenceGate;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportStatus;
import dev.retrospec.reports.RoutePeers;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.moments.MarkerMoments;
import dev.retrospec.workers.moments.MarkerWindows;
import dev.retrospec.workers.moments.SecondLook;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Writes the report card of a session. */
@ApplicationScoped
public class AnalysisJob implements JobWork {

  /** A cause lies further back than what is worth watching. */
  static final long BEFORE_MS = 10_000;

  static final long AFTER_MS = 5_000;

  private static final String NO_PICTURE = "No picture of the page is recorded around the failure.";

  /** The first ones tell what began it; a session with more is in a loop. */
  private static final int MAX_MARKERS = 30;

  private final SessionQueries sessions;
  private final ErrorMarkers markers;
  private final MarkerMoments moments;
  private final RoutePeers peers;
  private final Analyzer analyzer;
  private final EvidenceGate gate;
  private final AnalysisReports reports;
  private final ReportCards cards;
  private final LookAtClip lookAtClip;
  private final Clock clock;

  @Inject
  public AnalysisJob(
      SessionQueries sessions,
      ErrorMarkers markers,
      MarkerMoments moments,
      RoutePeers peers,
      Analyzer analyzer,
      EvidenceGate gate,
      AnalysisReports reports,
      ReportCards cards,
      LookAtClip lookAtClip,
      Clock clock) {
    this.sessions = sessions;
    this.markers = markers;
    this.moments = moments;
    this.peers = peers;
    this.analyzer = analyzer;
    this.gate = gate;
    this.reports = reports;
    this.cards = cards;
    this.lookAtClip = lookAtClip;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected AnalysisJob() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.ANALYSIS;
  }

  @Override
  public Runnable perform(Job job) throws Exception {
    ProjectId project = job.projectId();
    SessionId id = new SessionId(job.subject());
    Optional<SessionView> session = sessions.find(project, id);
    List<ObservedMarker> observed = markers.observed(project, id, MAX_MARKERS);
    if (session.isEmpty() || observed.isEmpty()) {
      return () -> {}; // erased or expired since: nobody waits for a verdict
    }
    MarkerMoments.Found found =
        moments.in(
            session.get(),
            around(session.get(), observed),
            around(session.get(), List.of(MarkerChoice.of(observed))));
    Verdict verdict =
        analyzer.analyze(new AnalysisCase(session.get(), observed, found, peersOf(session.get())));
    boolean lookAgain =
        !AnalysisJobPayload.read(job.payload()).secondLook()
            && SecondLook.isDue(session.get(), observed, AFTER_MS);
    AnalysisReport report =
        new AnalysisReport(
            project,
            id,
            ReportStatus.READY,
            "",
            "",
            "",
            verdict.remark(),
            verdict.text(CardText.VISUAL_SUMMARY).isEmpty() ? NO_PICTURE : "",
            verdict.strength(),
            verdict.evidence(),
            clock.instant(),
            new AnalysisReport.Origin(
                verdict.rule(), verdict.marker(), verdict.providers(), lookAgain));
    CheckedReport checked = gate.check(report);
    return () -> {
      reports.record(checked);
      lookAtClip.whenWritten(project, id, verdict);
      if (lookAgain) {
        cards.lookAgain(project, id, SecondLook.about(observed), SecondLook.PAUSE);
      }
    };
  }

  private static List<ReplayWindow> around(SessionView session, List<ObservedMarker> observed) {
    return MarkerWindows.around(
        observed.stream().map(ObservedMarker::replayOffsetMs).toList(),
        BEFORE_MS,
        AFTER_MS,
        session.durationMs());
  }

  private Peers peersOf(SessionView session) {
    return (method, path) -> {
      RoutePeers.Answered answered =
          peers.answered(session.projectId(), session.route(), session.id(), method, path);
      return new Peers.Answered(answered.sessions(), answered.well(), answered.badly());
    };
  }
}
