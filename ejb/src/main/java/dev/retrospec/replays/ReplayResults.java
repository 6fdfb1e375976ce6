package dev.retrospec.replays;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.failure.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Records what workers have made, in this server or elsewhere. */
@ApplicationScoped
public class ReplayResults {

  private final Artifacts artifacts;
  private final Event<ReplayReady> ready;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public ReplayResults(
      Artifacts artifacts, Event<ReplayReady> ready, MeterRegistry meters, Clock clock) {
    this.artifacts = artifacts;
    this.ready = ready;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected ReplayResults() {
    this(null, null, null, null);
  }

  /**
   * Replaces the session's artifact of this type.
   *
   * @throws NotFound when the project has no such session
   */
  @Transactional
  public ArtifactView record(ReplayResult result) {
    ArtifactView artifact =
        artifacts.put(result, false, clock.instant()).orElseThrow(() -> new NotFound("session"));
    count(artifact);
    if (artifact.status() == ArtifactStatus.READY) {
      ready.fire(
          new ReplayReady(artifact.projectId(), artifact.sessionId(), artifact.artifactType()));
    }
    return artifact;
  }

  /**
   * Says why there is none, unless one is ready: a failure takes nothing away. Without effect when
   * the project has no such session.
   */
  @Transactional
  public void recordUnlessReady(ReplayResult result) {
    artifacts.put(result, true, clock.instant()).ifPresent(this::count);
  }

  /** Whether anything that is made of the session would be kept; it may be erased meanwhile. */
  public boolean areKeptOf(ProjectId project, SessionId session) {
    return artifacts.areKeptOf(project, session);
  }

  /** Takes back an artifact of which there is no newer form. Needs the caller's transaction. */
  public void forget(ProjectId project, SessionId session, String artifactType) {
    artifacts.forget(project, session, artifactType);
  }

  /** A replay job has no attempts left: says so, unless an earlier job has left an artifact. */
  public void onGivenUp(@Observes JobGivenUp event) {
    if (event.job().kind() != JobKind.REPLAY) {
      return;
    }
    ReplayResult failed =
        new ReplayResult(
            event.job().projectId(),
            new SessionId(event.job().subject()),
            ReplayResult.ANALYSIS_JSON,
            "",
            ReplayJobPayload.read(event.job().payload()).triggerKind(),
            ArtifactStatus.FAILED,
            event.reason(),
            null,
            List.of());
    recordUnlessReady(failed);
  }

  private void count(ArtifactView artifact) {
    meters
        .counter(
            "retrospec.artifacts.recorded",
            "type",
            artifact.artifactType(),
            "status",
            artifact.status().wireName())
        .increment();
  }
}
