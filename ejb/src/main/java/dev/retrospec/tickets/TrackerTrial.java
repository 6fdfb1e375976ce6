package dev.retrospec.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tracker did what it will be asked to, when somebody tried.
 *
 * @param status {@code pending} until it has answered, {@code passed}, or {@code failed}
 * @param problem why it failed, for people; null: it did not
 * @param mayWrite true: the tracker said that the token may; null: it has not said
 * @param at when it was asked for
 */
public record TrackerTrial(
    String status, @Nullable String problem, @Nullable Boolean mayWrite, Instant at) {

  public boolean isPending() {
    return status.equals("pending");
  }
}
