package dev.retrospec.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told otherwise, or until somebody has looked at it. */
public final class SettableClock extends Clock {

  private final Duration step;
  private Instant now;

  public SettableClock(Instant now) {
    this(now, Duration.ZERO);
  }

  /**
   * @param step by which it is later each time somebody looks at it
   */
  public SettableClock(Instant now, Duration step) {
    this.now = now;
    this.step = step;
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public synchronized Instant instant() {
    Instant seen = now;
    now = now.plus(step);
    return seen;
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
