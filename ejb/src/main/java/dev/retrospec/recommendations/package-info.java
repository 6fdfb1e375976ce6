/**
 * Which tests are worth running after a change: from the diff, from what failed when these files
 * changed before, from failures that resemble the present ones, and from how long a test takes.
 * Pure rules.
 *
 * <p>May use the JDK. Never here: SQL, and tests that nobody has seen; what is recommended stands
 * in the {@link dev.retrospec.recommendations.Evidence}.
 */
@NullMarked
package dev.retrospec.recommendations;

import org.jspecify.annotations.NullMarked;
