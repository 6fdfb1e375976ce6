/**
 * How good recommendations are: a seeded history of changes and runs is replayed, and each order of
 * the tests is judged by what it would have found early.
 *
 * <p>May use {@code dev.retrospec.recommendations}. Never here: the server.
 */
@NullMarked
package dev.retrospec.bench.recommendations;

import org.jspecify.annotations.NullMarked;
