package dev.retrospec.replays;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderRequests.Asked;
import dev.retrospec.replays.rendering.RenderTarget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The short videos around markers, for whoever looks at what a visitor saw. */
@ApplicationScoped
public class Clips {

  /**
   * A clip that can be fetched.
   *
   * @param artifactType by which {@code /v1/sessions/{id}/artifacts/{type}} and its tokens name it
   * @param posterType names the picture of the moment that matters, which is made with each clip
   * @param key where it stands in the object store
   * @param mediaType such as {@code video/webm}
   * @param window what it shows of the session; its first frame is the window's start
   */
  public record Clip(
      String artifactType, String posterType, String key, String mediaType, ReplayWindow window) {}

  private static final String WEBM = "video/webm";

  private final Artifacts artifacts;
  private final RenderRequests requests;

  @Inject
  public Clips(Artifacts artifacts, RenderRequests requests) {
    this.artifacts = artifacts;
    this.requests = requests;
  }

  /** For the container's proxy. */
  protected Clips() {
    this(null, null);
  }

  /** The clip of this marker; empty when there is none, or none yet. */
  public Optional<Clip> forMarker(ProjectId project, SessionId session, MarkerId marker) {
    return artifacts
        .find(project, session, RenderTarget.clipOf(marker).video())
        .filter(found -> found.status() == ArtifactStatus.READY && !found.windows().isEmpty())
        .map(
            found ->
                new Clip(
                    found.artifactType(),
                    RenderTarget.clipOf(marker).poster(),
                    found.artifactKey(),
                    WEBM,
                    found.windows().get(0)));
  }

  /**
   * Asks for the clip of a marker. When it is there, {@link ReplayReady} tells of its artifact type
   * ({@code marker_clip.…}); when it cannot be made, the artifact says why.
   */
  public Asked ask(ProjectId project, SessionId session, MarkerId marker, String trigger) {
    return requests.ask(project, session, RenderTarget.clipOf(marker), trigger);
  }
}
