/**
 * Repeated markers gathered in clusters, and the clusters that became issues: taking markers in,
 * counting, reading, regrouping by hand.
 *
 * <p>May use {@code sessions} and below. Never here: how a key is made ({@code clustering}), when a
 * cluster is shown ({@code promotion}), who works on it ({@code triage}), messages to the outside
 * ({@code alerts}).
 */
@NullMarked
package dev.retrospec.issues;

import org.jspecify.annotations.NullMarked;
