/**
 * What a source map says and what it makes of a stack: pure.
 *
 * <p>May use {@code ids}, {@code signatures.stacks}, a JSON parser and the JDK. Never here: {@code
 * jakarta.*}, SQL, a clock.
 */
@NullMarked
package dev.retrospec.sourcemaps.symbols;

import org.jspecify.annotations.NullMarked;
