/**
 * What the failing sessions of an issue share that healthy sessions on the same route do not.
 *
 * <p>May use {@code issues} and {@code issues.exposure}. {@code SuspectPolicy} is pure.
 */
@NullMarked
package dev.retrospec.issues.suspects;

import org.jspecify.annotations.NullMarked;
