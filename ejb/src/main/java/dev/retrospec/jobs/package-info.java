/**
 * Work that a request leaves behind: rows of an outbox, written in the request's own transaction,
 * worked on by whoever hears the signal that is sent after the commit.
 *
 * <p>A row that is {@code pending} may be begun by anybody who is told its id; {@code running} has
 * a lease, {@code retrying} waits for its time; the sweep brings both back to {@code pending}. A
 * signal is a hint: lost ones are sent again by the sweep, surplus ones find nothing to begin.
 *
 * <p>May use {@code projects} and below. Never here: what a job does ({@code mdb-workers}) or is
 * about ({@code replays}, {@code reports}, {@code alerts}); JMS outside of {@code jms}.
 */
@NullMarked
package dev.retrospec.jobs;

import org.jspecify.annotations.NullMarked;
