package dev.retrospec.jobs;

/**
 * How many jobs of a kind wait, and why.
 *
 * @param pending waiting for a worker, or with one
 * @param retryDepth waiting for their next attempt
 * @param failedDepth given up
 */
public record QueueDepth(long pending, long retryDepth, long failedDepth) {

  static final QueueDepth EMPTY = new QueueDepth(0, 0, 0);
}
