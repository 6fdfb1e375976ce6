/**
 * Analysis jobs: from the markers of a session and what happened around them to a report card.
 *
 * <p>May use {@code reports}, {@code sessions} and {@code moments}. Never here: whether an issue is
 * promoted; a verdict never decides that.
 */
@NullMarked
package dev.retrospec.workers.analysis;

import org.jspecify.annotations.NullMarked;
