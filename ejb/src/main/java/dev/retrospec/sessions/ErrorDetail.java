package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/**
 * The exception behind a marker.
 *
 * @param stack the browser's own text
 * @param originalStack the same stack after source maps, in the form that V8 prints; null when no
 *     map is known
 */
public record ErrorDetail(
    @Nullable String type,
    @Nullable String message,
    @Nullable String stack,
    @Nullable String cause,
    @Nullable String originalStack) {}
