/**
 * Jobs of source maps: the stacks that were not seen before, and those that were here before their
 * maps.
 *
 * <p>May use {@code sourcemaps}, {@code sessions} and {@code issues}. Never here: what a map says.
 */
@NullMarked
package dev.retrospec.workers.sourcemaps;

import org.jspecify.annotations.NullMarked;
