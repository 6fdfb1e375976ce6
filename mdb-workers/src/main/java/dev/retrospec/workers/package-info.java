/**
 * Slow and background work: what listens to the queues and does what the outbox asks for.
 *
 * <p>May use everything of the domain core. Never here: HTTP or pages of ours, SQL, a state that
 * outlives a job.
 */
@NullMarked
package dev.retrospec.workers;

import org.jspecify.annotations.NullMarked;
