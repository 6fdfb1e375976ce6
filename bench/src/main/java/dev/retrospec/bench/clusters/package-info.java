/**
 * Measures what one more marker costs with few and with many stored, on a database of its own.
 *
 * <p>May use {@code machine} and the domain. Never here: a running server.
 */
@NullMarked
package dev.retrospec.bench.clusters;

import org.jspecify.annotations.NullMarked;
