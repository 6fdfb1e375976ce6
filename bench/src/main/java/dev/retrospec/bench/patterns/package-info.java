/**
 * How long the memory of failures takes to find something, with pgvector and without.
 *
 * <p>May use the core and a PostgreSQL of its own. Never here: a running RetroSpec.
 */
@NullMarked
package dev.retrospec.bench.patterns;

import org.jspecify.annotations.NullMarked;
