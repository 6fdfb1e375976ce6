package dev.retrospec.jobs;

import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface AttemptFailure {

  /** The next attempt begins after the pause, at the first sweep that sees it due. */
  record Retry(Duration pause) implements AttemptFailure {}

  /** The job is among the dead letters. */
  record GivenUp() implements AttemptFailure {}
}
