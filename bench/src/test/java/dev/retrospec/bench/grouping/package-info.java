@NullMarked
package dev.retrospec.bench.grouping;

import org.jspecify.annotations.NullMarked;
