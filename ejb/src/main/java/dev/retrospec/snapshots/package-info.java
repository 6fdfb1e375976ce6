/**
 * Pages as a browser shows them when a test has failed: what was asked for, what became of it, who
 * may see it and where a browser may go for it.
 *
 * <p>May use {@code artifacts}, {@code jobs}, {@code privacy}, {@code retention}, {@code projects}.
 * Never here: a browser ({@code workers.browser}), test runs (a snapshot knows the id of one).
 */
@NullMarked
package dev.retrospec.snapshots;

import org.jspecify.annotations.NullMarked;
