/**
 * How well the signatures of RetroSpec tell which failures are one: a labelled set, baselines, and
 * the page of figures. Needs no server.
 *
 * <p>May use {@code signatures} and the JDK. Never here: the recording of the set
 * (bench/similarity).
 */
@NullMarked
package dev.retrospec.bench.similarity;

import org.jspecify.annotations.NullMarked;
