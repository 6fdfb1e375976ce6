package dev.retrospec.workers.browser;

/**
 * One browser at a time for each: a capture that somebody waits for does not wait for a video that
 * takes minutes.
 */
public enum BrowserLane {
  CAPTURE,
  RENDER
}
