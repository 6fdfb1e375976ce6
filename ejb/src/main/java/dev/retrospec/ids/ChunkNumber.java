package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** The place of a chunk within its session, counted by the browser from 0. */
public record ChunkNumber(@JsonValue int value) {

  /** Two hours at one flush a second, ten times over: more is a broken or hostile client. */
  public static final int MAX = 100_000;

  public ChunkNumber {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("chunk number must be 0 to " + MAX);
    }
  }
}
