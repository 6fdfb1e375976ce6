/**
 * What every feature stands on and no business word may enter: configuration, persistence, time,
 * failure, telemetry, each in a package of its own.
 *
 * <p>May use the JDK, Jakarta EE and libraries. Never here: a word from the glossary.
 */
@NullMarked
package dev.retrospec.platform;

import org.jspecify.annotations.NullMarked;
