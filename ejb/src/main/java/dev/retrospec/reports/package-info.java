/**
 * The report card of a session: what went wrong, why, what may help, how sure that is, and the
 * moments that show it.
 *
 * <p>May use {@code sessions}, {@code jobs} and below. Never here: how a verdict is found ({@code
 * mdb-workers}); whether an issue is promoted, which never waits for a card ({@code issues}).
 */
@NullMarked
package dev.retrospec.reports;

import org.jspecify.annotations.NullMarked;
