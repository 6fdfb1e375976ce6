/**
 * Slow work on issues: grouping a project's markers by newer rules. May use the use cases of {@code
 * issues}; decides nothing itself.
 */
@NullMarked
package dev.retrospec.workers.issues;

import org.jspecify.annotations.NullMarked;
