package dev.retrospec.jobs;

/**
 * All attempts of a job have failed. Fired in the transaction that gives up, so that an observer
 * marks what waits for the job in the same moment.
 *
 * @param reason for developers: what the last attempt failed with
 */
public record JobGivenUp(Job job, String reason) {}
