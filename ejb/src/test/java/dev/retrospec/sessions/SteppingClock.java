package dev.retrospec.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is later by the same each time somebody looks at it. */
final class SteppingClock extends Clock {

  private final Duration step;
  private Instant next;

  SteppingClock(Instant now, Duration step) {
    this.step = step;
    this.next = now;
  }

  @Override
  public Instant instant() {
    Instant now = next;
    next = now.plus(step);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
