/**
 * What is broken, as opposed to what is merely refused: exceptions that carry a code for people and
 * machines.
 *
 * <p>May use the JDK. Never here: HTTP; the edge decides the status from the code.
 */
@NullMarked
package dev.retrospec.platform.failure;

import org.jspecify.annotations.NullMarked;
