/**
 * Jobs of the memory of failures: an issue becomes known to it.
 *
 * <p>May use {@code patterns} and {@code issues}. Never here: what is similar.
 */
@NullMarked
package dev.retrospec.workers.patterns;

import org.jspecify.annotations.NullMarked;
