package dev.retrospec.workers.render;

import dev.retrospec.replays.ReplayWindow;

/**
 * What a video shows.
 *
 * @param window of the session
 * @param speed seconds of the session in one of the video
 * @param posterAtMs the moment that matters
 * @param isUnderWay whether the end of the window has not been recorded yet
 */
record Scene(ReplayWindow window, double speed, long posterAtMs, boolean isUnderWay) {

  /** Rounded up. */
  int videoSeconds() {
    return (int) Math.ceil((window.endMs() - window.startMs()) / speed / 1_000);
  }
}
