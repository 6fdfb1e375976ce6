package dev.retrospec.workers.moments;

/**
 * Something that happened in the recorded page. Texts come from the page: scrubbed and bounded, but
 * never to be trusted. Times are milliseconds since the session's start.
 */
public sealed interface Moment {

  long atMs();

  /**
   * Something was written to the browser's console.
   *
   * @param level as the page said: log, info, warn, error …
   */
  record ConsoleEntry(long atMs, String level, String text) implements Moment {

    public boolean isError() {
      return level.equals("error") || level.equals("assert");
    }
  }

  /**
   * A request came to its end.
   *
   * @param status the HTTP status; 0 when no answer came
   */
  record RequestEnded(long atMs, String method, String url, int status, long durationMs)
      implements Moment {

    public boolean failed() {
      return status == 0 || status >= 400;
    }
  }

  /** The page's address is this one from now on. */
  record Navigated(long atMs, String url) implements Moment {}

  /**
   * A click.
   *
   * @param nodeId rrweb's number of the element
   */
  record Clicked(long atMs, long nodeId) implements Moment {}

  /** Something was typed or chosen; what, is not kept. */
  record Entered(long atMs, long nodeId) implements Moment {}

  /** The DOM changed. */
  record PageChanged(long atMs, int added, int removed, int texts, int attributes)
      implements Moment {}

  /** The page's author sent an event of the page's own. */
  record Custom(long atMs, String name) implements Moment {}
}
