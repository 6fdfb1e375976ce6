package dev.retrospec.replays.rendering;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.replays.ReplayReady;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionIndexed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for videos: of a session with markers when it has ended, of its first marker when its
 * analysis is there, of anything when somebody wishes.
 */
@ApplicationScoped
public class RenderRequests {

  /** The trigger of what a person asked for. */
  public static final String BY_HAND = "manual";

  /** What became of a wish. */
  public sealed interface Asked {

    /** It will be made. */
    record Accepted() implements Asked {}

    /** It was asked for a moment ago. */
    record Already() implements Asked {}

    /** There is nothing that it could show: the session has no such marker. */
    record NoSuchMarker() implements Asked {}

    /** It is not made here. */
    record Refused(String reason) implements Asked {}
  }

  private final JobQueue jobs;
  private final ErrorMarkers markers;
  private final RenderConfig config;

  @Inject
  public RenderRequests(JobQueue jobs, ErrorMarkers markers, RenderConfig config) {
    this.jobs = jobs;
    this.markers = markers;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RenderRequests() {
    this(null, null, null);
  }

  /** Asks for a video of this target. */
  @Transactional
  public Asked ask(ProjectId project, SessionId session, RenderTarget target, String trigger) {
    if (!config.isEnabled()) {
      return new Asked.Refused(RenderConfig.DISABLED);
    }
    MarkerId marker = target.marker();
    if (marker != null && markers.find(project, session, marker).isEmpty()) {
      return new Asked.NoSuchMarker();
    }
    return jobs.enqueue(job(project, session, target, trigger, false))
            instanceof EnqueueOutcome.Enqueued
        ? new Asked.Accepted()
        : new Asked.Already();
  }

  /**
   * Asks for the same once more, when what is missing yet has come. Needs the caller's transaction.
   */
  public void later(
      ProjectId project, SessionId session, RenderTarget target, String trigger, Duration pause) {
    jobs.enqueue(job(project, session, target, trigger, true).after(pause));
  }

  /** The whole session, once it has ended and there is something to see in it. */
  public void onSessionIndexed(@Observes SessionIndexed event) {
    if (config.isEnabled() && first(event.projectId(), event.sessionId()) != null) {
      jobs.enqueue(
          job(
              event.projectId(),
              event.sessionId(),
              RenderTarget.wholeSession(),
              "session_ended",
              false));
    }
  }

  /** The session's first failure, when its windows have been read. */
  public void onReplayReady(@Observes ReplayReady event) {
    if (!config.isEnabled() || !event.artifactType().equals(ReplayResult.ANALYSIS_JSON)) {
      return;
    }
    MarkerId first = first(event.projectId(), event.sessionId());
    if (first != null) {
      jobs.enqueue(
          job(
              event.projectId(),
              event.sessionId(),
              RenderTarget.clipOf(first),
              "analysis_ready",
              false));
    }
  }

  private @Nullable MarkerId first(ProjectId project, SessionId session) {
    List<ObservedMarker> found = markers.observed(project, session, 1);
    return found.isEmpty() ? null : found.get(0).id();
  }

  private static NewJob job(
      ProjectId project,
      SessionId session,
      RenderTarget target,
      String trigger,
      boolean secondLook) {
    List<String> about = List.of(target.video());
    return NewJob.about(
        JobKind.RENDER,
        project,
        session.value(),
        new RenderJobPayload(
                target.marker() == null ? null : target.marker().value(), trigger, secondLook)
            .write(),
        secondLook ? NewJob.secondLookAt(about) : about);
  }
}
