package dev.retrospec.jobs;

import java.time.Duration;

/** A failure of an attempt that says when the next one may have better luck. */
public interface AsksToWait {

  /** Not sooner than that; zero: whenever the job's own rule says. */
  Duration pause();
}
