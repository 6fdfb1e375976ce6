/**
 * Measures what one more marker, and a look at a threshold, cost with few and with many markers
 * stored, on a database of its own.
 *
 * <p>May use {@code machine} and the domain. Never here: a running server.
 */
@NullMarked
package dev.retrospec.bench.clusters;

import org.jspecify.annotations.NullMarked;
