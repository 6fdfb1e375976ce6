/**
 * What the tests of every module stand on: a real PostgreSQL, a clock that stands still.
 *
 * <p>Never here: a double of one of our own use cases.
 */
@NullMarked
package dev.retrospec.testing;

import org.jspecify.annotations.NullMarked;
