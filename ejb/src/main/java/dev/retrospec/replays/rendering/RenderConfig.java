package dev.retrospec.replays.rendering;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.replays.ReplayWindow;
import java.time.Duration;

/**
 * Whether videos are made, and how much of them.
 *
 * @param speed of a whole session's video: 2 shows two seconds of the session in one; clips have
 *     the visitor's own pace
 * @param maxDuration a longer session gets clips only
 * @param width of the picture in pixels, even
 * @param height of the picture in pixels, even
 * @param framesPerSecond of the video
 * @param before of a marker, that its clip shows
 * @param after a marker, that its clip shows
 * @param dailySeconds of video that one project may have made in a day (UTC)
 * @param dailyClips that one project may have made in a day (UTC)
 * @param patience for one rendering; then it is ended
 * @param maxMemory bytes that the browser and the encoder may hold together
 */
public record RenderConfig(
    boolean isEnabled,
    double speed,
    Duration maxDuration,
    int width,
    int height,
    int framesPerSecond,
    Duration before,
    Duration after,
    int dailySeconds,
    int dailyClips,
    Duration patience,
    long maxMemory) {

  /** Why there is no video where none is made. */
  public static final String DISABLED = "videos are not made here: REPLAY_RENDER_ENABLED is off";

  private static final long MEBIBYTE = 1024L * 1024;

  public static RenderConfig from(Settings settings) {
    return new RenderConfig(
        settings.flag("REPLAY_RENDER_ENABLED", false),
        settings.decimal("REPLAY_RENDER_SPEED", 1, 0.25, 32),
        Duration.ofMillis(
            settings.integer("REPLAY_RENDER_MAX_DURATION_MS", 600_000, 1_000, 7_200_000)),
        even(settings.integer("REPLAY_RENDER_VIEWPORT_WIDTH", 1_280, 160, 3_840)),
        even(settings.integer("REPLAY_RENDER_VIEWPORT_HEIGHT", 720, 120, 2_160)),
        settings.integer("REPLAY_RENDER_FPS", 10, 1, 30),
        Duration.ofMillis(settings.integer("REPLAY_RENDER_CLIP_BEFORE_MS", 6_000, 0, 60_000)),
        Duration.ofMillis(settings.integer("REPLAY_RENDER_CLIP_AFTER_MS", 4_000, 500, 60_000)),
        settings.integer("REPLAY_RENDER_DAILY_SECONDS", 3_600, 0, 10_000_000),
        settings.integer("REPLAY_RENDER_DAILY_CLIPS", 200, 0, 1_000_000),
        Duration.ofSeconds(settings.integer("REPLAY_RENDER_TIMEOUT_SECONDS", 900, 10, 7_200)),
        settings.bytes(
            "REPLAY_RENDER_MAX_MEMORY", 1_536 * MEBIBYTE, 256 * MEBIBYTE, 65_536 * MEBIBYTE));
  }

  /** What a marker's clip shows of its session. */
  public ReplayWindow around(long markerMs, long sessionMs) {
    long from = Math.max(0, markerMs - before.toMillis());
    long to = Math.min(Math.max(sessionMs, markerMs), markerMs + after.toMillis());
    // A marker in the very last moment of its session is shown standing for a moment.
    return new ReplayWindow(from, Math.max(to, from + Math.min(500, after.toMillis())));
  }

  /** Encoders halve the colours: an odd picture has none at its edge. */
  private static int even(int pixels) {
    return pixels - pixels % 2;
  }
}
