/**
 * Measures the search over the texts of many sessions, on a database of its own.
 *
 * <p>May use {@code machine} and the domain. Never here: a running server.
 */
@NullMarked
package dev.retrospec.bench.sessions;

import org.jspecify.annotations.NullMarked;
