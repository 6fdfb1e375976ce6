package dev.retrospec.workers.moments;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.EventId;

/**
 * A piece of what one browser window recorded, read without a gap: only of it can be said that
 * something did not happen, or did not end.
 *
 * @param window the window's slot
 * @param fromMs its first event, milliseconds since the session's start
 * @param toMs its last one
 */
public record Stretch(int window, long fromMs, long toMs) {

  public Stretch {
    if (fromMs > toMs) {
      throw new IllegalArgumentException("a stretch ends after it began");
    }
  }

  public boolean holds(Moment moment) {
    return windowOf(moment) == window && moment.atMs() >= fromMs && moment.atMs() <= toMs;
  }

  public boolean overlaps(long from, long to) {
    return from <= toMs && to >= fromMs;
  }

  /** With the next chunk of the window. */
  Stretch and(Stretch next) {
    return new Stretch(window, Math.min(fromMs, next.fromMs), Math.max(toMs, next.toMs));
  }

  /** The slot of the window that told it; the first one's where that is not known. */
  public static int windowOf(Moment moment) {
    EventId event = moment.event();
    return event == null ? 0 : new ChunkNumber(event.seq()).slot();
  }
}
