package dev.retrospec.snapshots;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A page that is to be captured.
 *
 * @param url absolute, http or https, at most {@value #MAX_URL} characters
 * @param selector a CSS selector to wait for; the page is captured without it when it does not come
 * @param patience how long to wait for the selector, or, without one, after the page has loaded; 0
 *     to {@value #MAX_WAIT_SECONDS} s
 */
public record NewSnapshot(
    TestRunId testRun,
    String url,
    Viewport viewport,
    @Nullable String selector,
    Duration patience) {

  static final int MAX_URL = 2_048;
  static final int MAX_SELECTOR = 500;

  /** A capture has to end within a job's lease. */
  static final long MAX_WAIT_SECONDS = 30;

  /** Document 002: the wait for a selector when nothing is said. */
  public static final Duration DEFAULT_WAIT_FOR_SELECTOR = Duration.ofSeconds(5);

  public NewSnapshot {
    if (url.length() > MAX_URL) {
      throw new InvalidRequest("url must not be longer than " + MAX_URL + " characters");
    }
    if (selector != null && selector.length() > MAX_SELECTOR) {
      throw new InvalidRequest(
          "waitForSelector must not be longer than " + MAX_SELECTOR + " characters");
    }
    if (patience.isNegative() || patience.toMillis() > MAX_WAIT_SECONDS * 1_000) {
      throw new InvalidRequest(
          "waitForTimeout must be between 0 and " + MAX_WAIT_SECONDS * 1_000 + " ms");
    }
  }
}
