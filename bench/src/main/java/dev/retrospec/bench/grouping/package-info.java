/**
 * How well RetroSpec tells which errors of a site are one: a labelled set (bench/grouping), what
 * others do, ten deploys, and the page of figures. Needs no server.
 *
 * <p>May use {@code issues.clustering}, {@code signatures}, {@code sessions}, the pair counts of
 * {@code bench.similarity}, and the JDK. Never here: the recording of the set.
 */
@NullMarked
package dev.retrospec.bench.grouping;

import org.jspecify.annotations.NullMarked;
