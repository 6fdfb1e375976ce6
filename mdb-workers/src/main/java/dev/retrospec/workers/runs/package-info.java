/**
 * Asks a model about red runs, where one is set: with evidence that is numbered, and an answer that
 * counts only when it names that evidence.
 *
 * <p>May use {@code testruns} and {@code workers.runtime}. Never here: the words of the rules,
 * which stand already when a model is asked.
 */
@NullMarked
package dev.retrospec.workers.runs;

import org.jspecify.annotations.NullMarked;
