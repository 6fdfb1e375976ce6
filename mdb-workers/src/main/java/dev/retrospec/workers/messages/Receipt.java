package dev.retrospec.workers.messages;

import org.jspecify.annotations.Nullable;

/** What became of a message that could be sent. */
public sealed interface Receipt {

  /**
   * The other side took it.
   *
   * @param address where it can be seen; null where there is no such place
   */
  record Taken(@Nullable String address) implements Receipt {}

  /** Nothing was sent, and rightly so. */
  record Needless(String reason) implements Receipt {}
}
