package dev.retrospec.patterns.openai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps questions from a server that does not answer: after some failures in a row nobody asks for
 * a while, then one does.
 */
final class Circuit {

  static final int FAILURES = 3;
  static final Duration PAUSE = Duration.ofSeconds(60);

  private final Clock clock;
  private int failures;
  private Instant closedAgain = Instant.MIN;

  Circuit(Clock clock) {
    this.clock = clock;
  }

  /** Whether the caller may ask; who may, says how it went. */
  synchronized boolean lets() {
    if (failures < FAILURES) {
      return true;
    }
    Instant now = clock.instant();
    if (now.isBefore(closedAgain)) {
      return false;
    }
    closedAgain = now.plus(PAUSE); // for all but this one
    return true;
  }

  synchronized void succeeded() {
    failures = 0;
  }

  /** True when this failure is the one that begins a pause. */
  synchronized boolean failed() {
    failures++;
    if (failures >= FAILURES) {
      closedAgain = clock.instant().plus(PAUSE);
    }
    return failures == FAILURES;
  }
}
