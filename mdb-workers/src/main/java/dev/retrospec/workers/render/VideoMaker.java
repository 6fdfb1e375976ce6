package dev.retrospec.workers.render;

import dev.retrospec.platform.json.Json;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.workers.browser.BrowserBounds;
import dev.retrospec.workers.browser.BrowserLane;
import dev.retrospec.workers.browser.SupervisedBrowser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has one video made by {@code render.mjs} (bundled by the build from {@code sdk/render}) in the
 * browser's process.
 */
@ApplicationScoped
public class VideoMaker {

  /** Ten minutes at the encoder's highest rate, and a margin. */
  static final long MAX_VIDEO_BYTES = 128L << 20;

  private static final String PROGRAM = "render.mjs";
  private static final List<String> FILES = List.of(PROGRAM, "page.html", "page.js", "page.css");
  private static final long MAX_OUTCOME_BYTES = 1 << 16;

  private final SupervisedBrowser browser;
  private final EncoderConfig encoder;
  private final RenderConfig config;

  @Inject
  public VideoMaker(SupervisedBrowser browser, EncoderConfig encoder, RenderConfig config) {
    this.browser = browser;
    this.encoder = encoder;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected VideoMaker() {
    this(null, null, null);
  }

  /** As in {@code sdk/render/command.ts}; times in milliseconds of the session. */
  private record Task(
      String ffmpeg,
      int width,
      int height,
      int framesPerSecond,
      double speed,
      long from,
      long to,
      long posterAt,
      boolean mp4,
      long maxBytes,
      RecordingFiles.Recording recording) {}

  private record Outcome(
      boolean isRendered,
      @Nullable String reason,
      int frames,
      int drawn,
      long refused,
      boolean mp4) {}

  /**
   * What was made, in files.
   *
   * @param mp4 null where this ffmpeg makes none
   * @param refused what the recording would have fetched from somewhere else
   */
  record Video(Path webm, @Nullable Path mp4, Path poster, int frames, int drawn, long refused) {}

  /**
   * @throws NotRenderable when there is no ffmpeg
   */
  Path ffmpeg() {
    return encoder
        .ffmpeg()
        .orElseThrow(
            () ->
                new NotRenderable(
                    "no ffmpeg was found: install it, or name one in RETROSPEC_FFMPEG"));
  }

  /**
   * @param folder empty but for what {@link RecordingFiles} wrote
   * @param heartbeat called while it is made
   * @throws NotRenderable when there is no ffmpeg, or none that can
   * @throws dev.retrospec.workers.browser.NoBrowser when there is no browser
   * @throws dev.retrospec.workers.browser.BrowserLost when its process ended; another attempt may
   *     have more luck
   * @throws dev.retrospec.workers.browser.BrowserExhausted when it took too much
   */
  Video make(
      Path folder,
      RecordingFiles.Recording recording,
      ReplayWindow window,
      double speed,
      long posterAtMs,
      Runnable heartbeat)
      throws IOException {
    Path ffmpeg = ffmpeg();
    for (String file : FILES) {
      copy(file, folder);
    }
    Task task =
        new Task(
            ffmpeg.toString(),
            config.width(),
            config.height(),
            config.framesPerSecond(),
            speed,
            window.startMs(),
            window.endMs(),
            posterAtMs,
            encoder.hasMp4(),
            MAX_VIDEO_BYTES,
            recording);
    browser.run(
        BrowserLane.RENDER,
        folder,
        PROGRAM,
        task,
        new BrowserBounds(
            config.patience(), config.maxMemory(), "REPLAY_RENDER_MAX_MEMORY", heartbeat));
    Path told = folder.resolve("outcome.json");
    if (Files.size(told) > MAX_OUTCOME_BYTES) {
      throw new NotRenderable("the renderer said too much");
    }
    Outcome outcome = Json.read(Files.readString(told), Outcome.class);
    if (!outcome.isRendered()) {
      throw new NotRenderable(
          outcome.reason() == null ? "the renderer gave no reason" : outcome.reason());
    }
    return new Video(
        folder.resolve("video.webm"),
        outcome.mp4() ? folder.resolve("video.mp4") : null,
        folder.resolve("poster.webp"),
        outcome.frames(),
        outcome.drawn(),
        outcome.refused());
  }

  private static void copy(String resource, Path folder) throws IOException {
    try (InputStream content = VideoMaker.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException("The build has left out " + resource);
      }
      Files.copy(content, folder.resolve(resource));
    }
  }
}
