package dev.retrospec.recordings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something in a recording that can be listed and searched beside the replay. Scrubbed; holds no
 * NUL and no lone surrogate.
 *
 * @param at the browser's clock
 * @param level of a console entry, as the page said: log, info, warn, error, debug …
 * @param text what a reader searches for; at most {@value #MAX_TEXT} characters
 * @param data a JSON object with the entry's fields, e.g. {@code method}, {@code url}, {@code
 *     status}, {@code durationMs} of a request
 */
public record IndexedEvent(
    Instant at, Kind kind, @Nullable String level, String text, @Nullable String data) {

  public static final int MAX_TEXT = 1_000;

  /** What it is; the stored word is {@link #word()}. */
  public enum Kind {
    CONSOLE,
    NETWORK,
    NAVIGATION,
    CUSTOM,
    CLICK,
    /** A web vital, with its rating. */
    VITAL,
    /** The page did not answer for so long. */
    LONGTASK,
    /** Something the site's author measured. */
    SPAN,
    /** From here on less was recorded than happened. */
    REDUCED;

    /** Lower case, as in the API and the database. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
