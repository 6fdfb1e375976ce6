package dev.retrospec.workers.render;

import dev.retrospec.ids.MarkerId;
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
import java.util.Optional;

/** Decides what a video shows, or that there is none. */
@ApplicationScoped
public class Scenes {

  /** A page shows what it makes of a failure a moment after it. */
  static final long SHOWN_AFTER_MS = 500;

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
   * What the video shows; empty when it is the clip of a marker that the session does not have.
   *
   * @throws NothingToShow with the reason
   */
  Optional<Scene> of(SessionView session, RenderTarget target) {
    if (!config.isEnabled()) {
      throw new NothingToShow(RenderConfig.DISABLED);
    }
    MarkerId marker = target.marker();
    if (marker == null) {
      return Optional.of(
          whole(
              markers.observed(session.projectId(), session.id(), 1),
              recordings.lengthMs(session)));
    }
    return markers
        .find(session.projectId(), session.id(), marker)
        .map(found -> clip(session, found.replayOffsetMs(), recordings.lengthMs(session)));
  }

  private Scene clip(SessionView session, long at, long lengthMs) {
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
