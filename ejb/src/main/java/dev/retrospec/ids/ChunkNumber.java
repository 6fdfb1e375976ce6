package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The place of a chunk within its session. Each of the session's windows counts from 0 in a slot of
 * its own, so that tabs need not talk to each other: {@code slot * 65,536 + n}. What knows nothing
 * of windows counts in slot 0.
 */
public record ChunkNumber(@JsonValue int value) {

  /** Numbers of one slot: eighteen hours at one flush a second. */
  public static final int SLOT_SIZE = 65_536;

  /** More windows in one visit are a broken or hostile client. */
  public static final int MAX_SLOT = 1_023;

  public static final int MAX = (MAX_SLOT + 1) * SLOT_SIZE - 1;

  public ChunkNumber {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("chunk number must be 0 to " + MAX);
    }
  }

  /** Which of the session's windows numbered it. */
  public int slot() {
    return value / SLOT_SIZE;
  }

  /** The place within its slot, from 0. */
  public int place() {
    return value % SLOT_SIZE;
  }
}
