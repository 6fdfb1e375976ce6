/** Proves how Linux's accounts are read. */
@NullMarked
package dev.retrospec.bench.machine;

import org.jspecify.annotations.NullMarked;
