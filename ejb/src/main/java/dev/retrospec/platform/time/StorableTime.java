package dev.retrospec.platform.time;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which times a client may name. {@link Instant} reaches a billion years further than PostgreSQL's
 * {@code timestamptz}, so a time that parses may still be one that no query can carry.
 */
public final class StorableTime {

  /** Four digits of the year, as RFC 3339 has it. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private StorableTime() {}

  /** Whether a time lies in the years 1 to 9999; no time does. */
  public static boolean holds(@Nullable Instant time) {
    return time == null || !(time.isBefore(EARLIEST) || time.isAfter(LATEST));
  }
}
