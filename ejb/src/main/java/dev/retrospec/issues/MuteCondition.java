package dev.retrospec.issues;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.time.StorableTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What ends a mute: whichever comes first of those that are given.
 *
 * @param until a time; null: none
 * @param sessions so many more sessions that show it, 1 to {@link #MAX_COUNT}; null: however many
 * @param users so many users more than had it so far, 1 to {@link #MAX_COUNT}; null: however many
 * @param untilEscalating that it is seen far more often than it used to be
 */
public record MuteCondition(
    @Nullable Instant until,
    @Nullable Integer sessions,
    @Nullable Integer users,
    boolean untilEscalating) {

  /** More is for ever, which is what resolving is for. */
  public static final int MAX_COUNT = 1_000_000;

  public MuteCondition {
    if (until == null && sessions == null && users == null && !untilEscalating) {
      throw new InvalidRequest(
          "muted needs an end: mutedUntil, muteSessions, muteUsers or muteUntilEscalating");
    }
    if (!StorableTime.holds(until)) {
      throw new InvalidRequest("mutedUntil must lie in the years 1 to 9999");
    }
    check("muteSessions", sessions);
    check("muteUsers", users);
  }

  public static MuteCondition until(Instant end) {
    return new MuteCondition(end, null, null, false);
  }

  private static void check(String field, @Nullable Integer count) {
    if (count != null && (count < 1 || count > MAX_COUNT)) {
      throw new InvalidRequest(field + " must be 1 to " + MAX_COUNT);
    }
  }
}
