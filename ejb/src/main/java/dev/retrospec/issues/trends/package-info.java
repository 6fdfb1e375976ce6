/**
 * How often issues are seen, hour by hour, and whether that is far more than usual.
 *
 * <p>May use {@code issues} and {@code issues.triage}. {@code EscalationPolicy} is pure. Never
 * here: who decides what about an issue.
 */
@NullMarked
package dev.retrospec.issues.trends;

import org.jspecify.annotations.NullMarked;
