package dev.retrospec.replays.rendering;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.Artifacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to see of a session or a marker, for the pages that show it. */
@ApplicationScoped
public class Videos {

  /**
   * One video with what stands beside it.
   *
   * @param isReady whether it can be played
   * @param type of the artifact
   * @param reason why it is not ready; null when it is, and when nobody has asked for it
   * @param hasMp4 whether there is one to download
   * @param posterType of the artifact with the picture of the moment that matters; null: none
   */
  public record VideoView(
      boolean isReady,
      String type,
      @Nullable String reason,
      boolean hasMp4,
      @Nullable String posterType) {}

  private final Artifacts artifacts;
  private final RenderConfig config;

  @Inject
  public Videos(Artifacts artifacts, RenderConfig config) {
    this.artifacts = artifacts;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Videos() {
    this(null, null);
  }

  /** Whether videos are made here at all. */
  public boolean areMade() {
    return config.isEnabled();
  }

  /** One query. */
  public VideoView of(ProjectId project, SessionId session, RenderTarget target) {
    Map<String, ArtifactView> byType =
        artifacts.of(project, session).stream()
            .collect(Collectors.toMap(ArtifactView::artifactType, Function.identity()));
    Optional<ArtifactView> video = Optional.ofNullable(byType.get(target.video()));
    return new VideoView(
        isReady(byType, target.video()),
        target.video(),
        video.map(ArtifactView::reason).orElse(null),
        isReady(byType, target.mp4()),
        isReady(byType, target.poster()) ? target.poster() : null);
  }

  private static boolean isReady(Map<String, ArtifactView> byType, String type) {
    ArtifactView found = byType.get(type);
    return found != null && found.status() == ArtifactStatus.READY;
  }
}
