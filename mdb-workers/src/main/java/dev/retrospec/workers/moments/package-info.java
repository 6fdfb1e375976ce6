/**
 * What happened around the markers of a session: recorded events of rrweb and of our SDK, read as a
 * stream and turned into small facts. Pure, but for {@code MarkerMoments}, which fetches the
 * chunks.
 *
 * <p>May use {@code recordings}. Never here: what a fact means ({@code analysis.heuristic}).
 */
@NullMarked
package dev.retrospec.workers.moments;

import org.jspecify.annotations.NullMarked;
