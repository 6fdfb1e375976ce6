package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/** The exception behind a marker; the stack is the browser's own text. */
public record ErrorDetail(
    @Nullable String type,
    @Nullable String message,
    @Nullable String stack,
    @Nullable String cause) {}
