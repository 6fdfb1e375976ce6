package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/**
 * The request behind a marker; its URL carries no query values.
 *
 * @param status the HTTP status, or 0 when no answer came
 * @param correlationId the id that the answer of the customer's server carried
 */
public record RequestDetail(
    @Nullable String method,
    @Nullable String url,
    @Nullable Integer status,
    @Nullable Long durationMs,
    @Nullable String correlationId) {}
