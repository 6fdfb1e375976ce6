package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;

/** What became of a wish for a job. */
public sealed interface EnqueueOutcome {

  /** It will be done once the caller's transaction commits. */
  record Enqueued(JobId id) implements EnqueueOutcome {}

  /** The same job was asked for within the dedupe window: nothing to do. */
  record Duplicate() implements EnqueueOutcome {}
}
