package dev.retrospec.workers.render;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.browser.BrowserConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What makes a video of pictures.
 *
 * @param ffmpeg the executable; empty: there is none, and no video is made
 * @param hasMp4 whether each video is made as MP4, too, where this ffmpeg can
 */
public record EncoderConfig(Optional<Path> ffmpeg, boolean hasMp4) {

  /**
   * @param path the search path for executables, as in {@code PATH}
   */
  public static EncoderConfig from(Settings settings, String path) {
    return new EncoderConfig(
        BrowserConfig.executable(path, List.of(settings.text("RETROSPEC_FFMPEG", "ffmpeg"))),
        settings.flag("REPLAY_RENDER_MP4", true));
  }
}
