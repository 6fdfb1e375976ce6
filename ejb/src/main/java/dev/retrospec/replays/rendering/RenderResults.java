package dev.retrospec.replays.rendering;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.ReplayWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Records what became of a rendering; no other artifact of the session is touched. */
@ApplicationScoped
public class RenderResults {

  private final ReplayResults results;
  private final Clock clock;

  @Inject
  public RenderResults(ReplayResults results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RenderResults() {
    this(null, null);
  }

  /**
   * An artifact that was made and stored. Needs the caller's transaction.
   *
   * @param type one of those that the target names
   */
  public void ready(
      ProjectId project,
      SessionId session,
      String type,
      String key,
      String trigger,
      ReplayWindow window) {
    results.record(
        new ReplayResult(
            project,
            session,
            type,
            key,
            trigger,
            ArtifactStatus.READY,
            null,
            clock.instant(),
            List.of(window)));
  }

  /** Whether a video of the session would be kept; it may be erased while it is made. */
  public boolean areKeptOf(ProjectId project, SessionId session) {
    return results.areKeptOf(project, session);
  }

  /** That there is no MP4 of the new video: the one of before shows another one. */
  public void withoutMp4(ProjectId project, SessionId session, RenderTarget target) {
    results.forget(project, session, target.mp4());
  }

  /** That the video was not made; one from before stays. */
  public void missed(
      ProjectId project,
      SessionId session,
      RenderTarget target,
      String trigger,
      ArtifactStatus status,
      String reason) {
    results.recordUnlessReady(
        new ReplayResult(
            project,
            session,
            target.video(),
            "",
            trigger,
            status,
            reason,
            clock.instant(),
            List.of()));
  }

  /** No attempt was successful. */
  public void onGivenUp(@Observes JobGivenUp event) {
    if (event.job().kind() == JobKind.RENDER) {
      RenderJobPayload told = RenderJobPayload.read(event.job().payload());
      missed(
          event.job().projectId(),
          new SessionId(event.job().subject()),
          told.target(),
          told.triggerKind(),
          ArtifactStatus.FAILED,
          event.reason());
    }
  }
}
