package dev.retrospec.bench.load;

import java.io.IOException;

/** What one connection does again and again. Used by one thread only. */
@FunctionalInterface
public interface Work {

  /**
   * Does it once.
   *
   * @param number never given to any other call of this run
   * @param laps where parts of it write their time, and what failed
   * @throws IOException when the connection fails; counts as a failure
   */
  void once(HttpConnection connection, long number, Laps laps) throws IOException;
}
