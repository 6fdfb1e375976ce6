/**
 * Test runs over HTTP and as pages: what a CI job sends, the list of runs, why one is red, and a
 * test across runs.
 *
 * <p>May use {@code testruns}, {@code snapshots}, {@code inspection} and {@code web.http}. Never
 * here: what a failure resembles, or which tests are worth running.
 */
@NullMarked
package dev.retrospec.web.testruns;

import org.jspecify.annotations.NullMarked;
