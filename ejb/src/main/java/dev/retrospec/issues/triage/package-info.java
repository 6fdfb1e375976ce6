/**
 * Who works on an issue and how far: open, acknowledged, resolved, muted for a while.
 *
 * <p>May use {@code issues} and below. Never here: what the system decides ({@code promotion}).
 */
@NullMarked
package dev.retrospec.issues.triage;

import org.jspecify.annotations.NullMarked;
