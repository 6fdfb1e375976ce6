/** Proves that the load generator says what it sent and what came back. */
@NullMarked
package dev.retrospec.bench.load;

import org.jspecify.annotations.NullMarked;
