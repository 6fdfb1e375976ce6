/**
 * The analyzer that needs no model: rules over the events around a marker. Pure.
 *
 * <p>May use {@code moments} and {@code analysis}. Never here: a sentence without the moment it
 * speaks of; I/O.
 */
@NullMarked
package dev.retrospec.workers.analysis.heuristic;

import org.jspecify.annotations.NullMarked;
