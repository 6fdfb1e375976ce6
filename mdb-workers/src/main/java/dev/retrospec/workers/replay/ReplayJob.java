package dev.retrospec.workers.replay;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.json.Json;
import dev.retrospec.replays.ArtifactObjects;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ReplayJobPayload;
import dev.retrospec.replays.ReplayRequests;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.ReplayWindow;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code analysis_json} artifact of a session: its marker windows and what is in them.
 */
@ApplicationScoped
public class ReplayJob implements JobWork {

  /** What led to a failure is mostly just before it. */
  static final long BEFORE_MS = 2_000;

  /** And what the visitor did then shows how bad it was. */
  static final long AFTER_MS = 8_000;

  /** More markers than that are one loop: the first ones tell all. */
  private static final int MAX_MARKERS = 100;

  private final SessionQueries sessions;
  private final ErrorMarkers markers;
  private final MarkerMoments moments;
  private final ArtifactStore store;
  private final ReplayResults results;
  private final ReplayRequests requests;
  private final Clock clock;

  @Inject
  public ReplayJob(
      SessionQueries sessions,
      ErrorMarkers markers,
      MarkerMoments moments,
      ArtifactStore store,
      ReplayResults results,
      ReplayRequests requests,
      Clock clock) {
    this.sessions = sessions;
    this.markers = markers;
    this.moments = moments;
    this.store = store;
    this.results = results;
    this.requests = requests;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected ReplayJob() {
    this(null, null, null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.REPLAY;
  }

  @Override
  public Runnable perform(Job job) {
    ProjectId project = job.projectId();
    SessionId id = new SessionId(job.subject());
    Optional<SessionView> session = sessions.find(project, id);
    if (session.isEmpty()) {
      return () -> {}; // erased or expired since: there is nothing to tell
    }
    ReplayJobPayload told = ReplayJobPayload.read(job.payload());
    List<ObservedMarker> observed = markers.observed(project, id, MAX_MARKERS);
    Runnable result = recording(session.get(), observed, told.triggerKind());
    if (told.secondLook() || !SecondLook.isDue(session.get(), observed, AFTER_MS)) {
      return result;
    }
    return () -> {
      result.run();
      requests.lookAgain(
          project, id, SecondLook.about(observed), told.triggerKind(), SecondLook.PAUSE);
    };
  }

  private Runnable recording(SessionView session, List<ObservedMarker> observed, String trigger) {
    ProjectId project = session.projectId();
    SessionId id = session.id();
    List<ReplayWindow> windows =
        MarkerWindows.around(
            observed.stream().map(ObservedMarker::replayOffsetMs).toList(),
            BEFORE_MS,
            AFTER_MS,
            session.durationMs());
    MarkerMoments.Found found = moments.in(session, windows);
    Instant now = clock.instant();
    if (!found.recorded()) {
      return recording(
          project,
          id,
          "",
          trigger,
          ArtifactStatus.SKIPPED,
          "The session has no recorded events",
          now,
          windows);
    }
    WindowSummary summary = WindowSummary.of(session, observed, windows, found, trigger, now);
    ArtifactKey key = ArtifactObjects.key(project, id, ReplayResult.ANALYSIS_JSON + ".json");
    store.put(key, Json.write(summary).getBytes(StandardCharsets.UTF_8), "application/json");
    return recording(project, id, key.value(), trigger, ArtifactStatus.READY, null, now, windows);
  }

  private Runnable recording(
      ProjectId project,
      SessionId session,
      String key,
      String trigger,
      ArtifactStatus status,
      @Nullable String reason,
      Instant now,
      List<ReplayWindow> windows) {
    ReplayResult result =
        new ReplayResult(
            project,
            session,
            ReplayResult.ANALYSIS_JSON,
            key,
            trigger,
            status,
            reason,
            now,
            windows);
    return () -> results.record(result);
  }
}
