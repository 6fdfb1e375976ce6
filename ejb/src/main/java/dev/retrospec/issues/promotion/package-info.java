/**
 * When a cluster becomes an issue, and when a resolved issue is one again.
 *
 * <p>May use {@code issues} and below. Never here: counting, triage by hand, messages.
 */
@NullMarked
package dev.retrospec.issues.promotion;

import org.jspecify.annotations.NullMarked;
