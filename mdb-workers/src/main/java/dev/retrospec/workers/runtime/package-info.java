/**
 * The one template of all listeners: begin the attempt, work outside of any transaction, write the
 * result and the job's end in one short transaction.
 *
 * <p>May use {@code jobs}. Never here: what a job is about.
 */
@NullMarked
package dev.retrospec.workers.runtime;

import org.jspecify.annotations.NullMarked;
