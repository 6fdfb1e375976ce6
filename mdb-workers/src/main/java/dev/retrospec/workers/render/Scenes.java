package dev.retrospec.workers.render;

import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;

/** Decides what a video shows, or that there is none. */
@ApplicationScoped
public class Scenes {

  /** A page shows what it makes of a failure a moment after it. */
  static final long SHOWN_AFTER_MS = 500;

  private static final int MAX_MARKERS = 2_000;

  private final ErrorMarkers markers;
  private final RecordingFiles recordings;
  private final RenderConfig config;

  @Inject
  public Scenes(ErrorMarkers markers, RecordingFiles recordings, RenderConfig config) {
    this.markers = markers;
    this.recordings = recordings;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Scenes() {
    this(null, null, null);
  }

  /**
   * @throws NothingToShow with the reason
   */
  Scene of(SessionView session, RenderTarget target) {
    if (!config.isEnabled()) {
      throw new NothingToShow(RenderConfig.DISABLED);
    }
    List<ObservedMarker> observed =
        markers.observed(session.projectId(), session.id(), MAX_MARKERS);
    long lengthMs = recordings.lengthMs(session);
    return target.isClip() ? clip(session, target, observed, lengthMs) : whole(observed, lengthMs);
  }

  private Scene clip(
      SessionView session, RenderTarget target, List<ObservedMarker> observed, long lengthMs) {
    long at =
        observed.stream()
            .filter(marker -> Objects.equals(marker.id(), target.marker()))
            .findFirst()
            .orElseThrow(() -> new NothingToShow("The session has no such marker"))
            .replayOffsetMs();
    ReplayWindow window = config.around(at, lengthMs);
    boolean isUnderWay =
        session.status() == SessionStatus.RECORDING && at + config.after().toMillis() > lengthMs;
    return new Scene(window, 1, poster(at, window), isUnderWay);
  }

  private Scene whole(List<ObservedMarker> observed, long lengthMs) {
    if (lengthMs > config.maxDuration().toMillis()) {
      throw new NothingToShow(
          "The session lasts "
              + lengthMs / 1_000
              + " s; REPLAY_RENDER_MAX_DURATION_MS allows "
              + config.maxDuration().toSeconds()
              + " s");
    }
    ReplayWindow window = new ReplayWindow(0, Math.max(lengthMs, 1));
    long moment = observed.isEmpty() ? lengthMs / 2 : observed.get(0).replayOffsetMs();
    return new Scene(window, config.speed(), poster(moment, window), false);
  }

  private static long poster(long momentMs, ReplayWindow window) {
    return Math.min(window.endMs(), momentMs + SHOWN_AFTER_MS);
  }
}
