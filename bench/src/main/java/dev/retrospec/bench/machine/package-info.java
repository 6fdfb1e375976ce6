/**
 * What the figures were measured on, and what the processes used: Linux's {@code /proc}. May use
 * the JDK and JDBC. Never here: a machine's name or path.
 */
@NullMarked
package dev.retrospec.bench.machine;

import org.jspecify.annotations.NullMarked;
