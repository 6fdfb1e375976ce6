/**
 * The memory of failures in CI: what failed, how often, where, and what it is the same as, in CI
 * and in production; what people decided about it; free text they want remembered.
 *
 * <p>{@link dev.retrospec.patterns.PatternMemory} takes failures in, {@link
 * dev.retrospec.patterns.PatternSearch} and {@link dev.retrospec.patterns.PatternQueries} answer,
 * {@link dev.retrospec.patterns.PatternDecisions} takes what people say, {@link
 * dev.retrospec.patterns.ProductionLinks} joins patterns and issues. May use {@code signatures},
 * {@code jobs}, {@code retention}, {@code privacy} and below. Never here: what a test run or an
 * issue is beyond its id.
 */
@NullMarked
package dev.retrospec.patterns;

import org.jspecify.annotations.NullMarked;
