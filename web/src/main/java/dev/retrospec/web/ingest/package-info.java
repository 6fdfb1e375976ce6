/**
 * Where browsers deliver: chunks of our SDK, uploads and reports of other rrweb clients, and the
 * rules that recorders ask for.
 *
 * <p>May use {@code ingest}, {@code projects}, {@code inspection} and {@code web.http}. Never here:
 * reading a body that a use case reads by itself.
 */
@NullMarked
package dev.retrospec.web.ingest;

import org.jspecify.annotations.NullMarked;
