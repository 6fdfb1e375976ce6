package dev.retrospec.recordings;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * When a session's time begins: at its declared start, or with its first event when the two are so
 * far apart that they cannot belong together (clients that make up their start). The player has the
 * same rule, so that both mean the same moment.
 */
public final class TimeZero {

  private static final Duration CREDIBLE = Duration.ofMinutes(10);

  private TimeZero() {}

  public static Instant of(Instant declared, Duration length, Collection<Instant> firstEvents) {
    Instant first = firstEvents.stream().min(Instant::compareTo).orElse(declared);
    Duration credible = length.compareTo(CREDIBLE) > 0 ? length : CREDIBLE;
    return Duration.between(declared, first).abs().compareTo(credible) > 0 ? first : declared;
  }
}
