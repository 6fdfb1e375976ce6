package dev.retrospec.workers.runtime;

import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;

/**
 * What is to be done for jobs of one kind. May be begun several times for the same job, and at once
 * in several places: everything it leaves outside of the database must be the same each time.
 */
public interface JobWork {

  JobKind kind();

  /** Whether it needs the processor more than it waits; such work lets requests go first. */
  default boolean isForTheProcessor() {
    return true;
  }

  /**
   * Whether projects take turns: a signal then begins the job of the project that was served
   * longest ago, in the place of its own. For work that is done one at a time while people wait.
   */
  default boolean takesTurns() {
    return false;
  }

  /**
   * Does the slow part; runs in no transaction.
   *
   * @return writes the result; run in the transaction that ends the job, or never
   * @throws Exception when this attempt failed; there may be another one
   */
  Runnable perform(Job job) throws Exception;
}
