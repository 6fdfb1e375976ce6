/** Tests of the figures' arithmetic, and of the labelled set itself. */
@NullMarked
package dev.retrospec.bench.similarity;

import org.jspecify.annotations.NullMarked;
