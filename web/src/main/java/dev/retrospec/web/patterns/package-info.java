/**
 * The memory of failing tests over HTTP and as pages: the search, a pattern, and what people decide
 * about it.
 *
 * <p>May use {@code patterns}, {@code inspection} and {@code web.http}. Never here: when two
 * failures are one.
 */
@NullMarked
package dev.retrospec.web.patterns;

import org.jspecify.annotations.NullMarked;
