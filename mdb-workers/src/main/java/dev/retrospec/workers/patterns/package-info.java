/**
 * Jobs of the memory of failures: an issue becomes known to it, a model reads it.
 *
 * <p>May use {@code patterns}, {@code issues} and {@code testruns}. Never here: what is similar.
 */
@NullMarked
package dev.retrospec.workers.patterns;

import org.jspecify.annotations.NullMarked;
