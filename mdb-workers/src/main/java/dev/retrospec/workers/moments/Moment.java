package dev.retrospec.workers.moments;

import dev.retrospec.recordings.EventId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the recorded page. Texts come from the page: scrubbed and bounded, but
 * never to be trusted. Times are milliseconds since the session's start. Each knows the event that
 * told it, where that came out of a stored chunk.
 */
public sealed interface Moment {

  long atMs();

  @Nullable EventId event();

  /**
   * Something was written to the browser's console.
   *
   * @param level as the page said: log, info, warn, error …
   */
  record ConsoleEntry(long atMs, String level, String text, @Nullable EventId event)
      implements Moment {

    public ConsoleEntry(long atMs, String level, String text) {
      this(atMs, level, text, null);
    }

    public boolean isError() {
      return level.equals("error") || level.equals("assert");
    }
  }

  /**
   * A request came to its end.
   *
   * @param status the HTTP status; 0 when no answer came
   * @param aborted whether the page gave it up itself
   */
  record RequestEnded(
      long atMs,
      String method,
      String url,
      int status,
      long durationMs,
      boolean aborted,
      @Nullable EventId event)
      implements Moment {

    public RequestEnded(long atMs, String method, String url, int status, long durationMs) {
      this(atMs, method, url, status, durationMs, false, null);
    }

    public boolean failed() {
      return status == 0 || status >= 400;
    }

    public long startedAtMs() {
      return Math.max(0, atMs - durationMs);
    }
  }

  /** The page's address is this one from now on. */
  record Navigated(long atMs, String url, @Nullable EventId event) implements Moment {

    public Navigated(long atMs, String url) {
      this(atMs, url, null);
    }
  }

  /**
   * A click.
   *
   * @param nodeId rrweb's number of the element
   */
  record Clicked(long atMs, long nodeId, @Nullable EventId event) implements Moment {

    public Clicked(long atMs, long nodeId) {
      this(atMs, nodeId, null);
    }
  }

  /**
   * The same click as our recorder describes it.
   *
   * @param label what stands on the control; blank when nothing does
   */
  record Pressed(long atMs, String selector, String label, @Nullable EventId event)
      implements Moment {

    public Pressed(long atMs, String selector, String label) {
      this(atMs, selector, label, null);
    }
  }

  /** Something was typed or chosen; what, is not kept. */
  record Entered(long atMs, long nodeId, @Nullable EventId event) implements Moment {

    public Entered(long atMs, long nodeId) {
      this(atMs, nodeId, null);
    }
  }

  /**
   * The DOM changed.
   *
   * @param shown text that came into the page with it; blank when none did
   */
  record PageChanged(
      long atMs,
      int added,
      int removed,
      int texts,
      int attributes,
      String shown,
      @Nullable EventId event)
      implements Moment {

    public PageChanged(long atMs, int added, int removed, int texts, int attributes) {
      this(atMs, added, removed, texts, attributes, "", null);
    }
  }

  /**
   * Something that tells the visitor to wait came or went: {@code aria-busy}, a progress bar, an
   * element whose class says spinner or loading.
   *
   * @param what the element, as {@code div.spinner}
   * @param prompted whether the page did so soon after the visitor did something; a bar that stood
   *     in it from the beginning may be hidden by a style sheet, or tell something else
   */
  record BusyChanged(
      long atMs, long nodeId, boolean on, String what, boolean prompted, @Nullable EventId event)
      implements Moment {}

  /** The recorder reported a failure at this moment. */
  record Marked(long atMs, String markerId, @Nullable EventId event) implements Moment {}

  /** The page's author sent an event of the page's own. */
  record Custom(long atMs, String name, @Nullable EventId event) implements Moment {

    public Custom(long atMs, String name) {
      this(atMs, name, null);
    }
  }
}
