/**
 * How long things are kept: {@code Cleanup} finds the sessions whose time is over and lets every
 * feature give up what it holds of them, through {@code ExpiringData}.
 *
 * <p>May use {@code projects} and below. Never here: what a feature holds; each knows that best and
 * says it beside its tables.
 */
@NullMarked
package dev.retrospec.retention;

import org.jspecify.annotations.NullMarked;
