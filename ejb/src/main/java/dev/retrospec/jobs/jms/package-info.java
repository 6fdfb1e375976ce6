/**
 * Signals over JMS: one small message with a job's id, never the job.
 *
 * <p>May use {@code jobs} and JMS. Never here: a transaction, a retry; the outbox has both.
 */
@NullMarked
package dev.retrospec.jobs.jms;

import org.jspecify.annotations.NullMarked;
