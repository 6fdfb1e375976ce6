/**
 * Who is told when a cluster becomes an issue or comes back, and when rather nobody.
 *
 * <p>May use {@code issues}, {@code jobs} and below. Never here: the sending itself, which is a
 * worker's.
 */
@NullMarked
package dev.retrospec.alerts;

import org.jspecify.annotations.NullMarked;
