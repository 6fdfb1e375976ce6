/** Proves that the measures are those of the literature. */
@NullMarked
package dev.retrospec.bench.recommendations;

import org.jspecify.annotations.NullMarked;
