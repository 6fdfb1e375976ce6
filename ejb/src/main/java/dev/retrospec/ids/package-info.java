/**
 * The shared vocabulary: identifiers as types, so that a job can name a session without knowing
 * sessions. Every id checks itself in its constructor.
 *
 * <p>May use nothing but the JDK and the annotation that makes an id its own text in JSON. Never
 * here: anything that loads, stores or decides.
 */
@NullMarked
package dev.retrospec.ids;

import org.jspecify.annotations.NullMarked;
