package dev.retrospec.snapshots;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What to wait for once the page has loaded; as stored. */
record WaitFor(@Nullable String selector, long timeoutMs) {

  static WaitFor of(NewSnapshot wanted) {
    return new WaitFor(wanted.selector(), wanted.patience().toMillis());
  }

  Duration timeout() {
    return Duration.ofMillis(timeoutMs);
  }
}
