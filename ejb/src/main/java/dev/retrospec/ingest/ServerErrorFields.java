package dev.retrospec.ingest;

import org.jspecify.annotations.Nullable;

/**
 * An error of a server as its filter tells it, unchecked.
 *
 * @param at RFC 3339
 */
public record ServerErrorFields(
    @Nullable String correlationId,
    @Nullable String at,
    @Nullable String method,
    @Nullable String path,
    @Nullable String type,
    @Nullable String message,
    @Nullable String stack) {}
