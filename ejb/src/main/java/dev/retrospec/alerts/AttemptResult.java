package dev.retrospec.alerts;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt to deliver led to.
 *
 * @param answer the beginning of what the other side said
 * @param error why it was not taken; null when it was
 * @param messageRef where the message stands, for who changes it later
 */
public record AttemptResult(
    @Nullable Integer httpStatus,
    @Nullable String answer,
    @Nullable Long durationMs,
    @Nullable String error,
    @Nullable String messageRef) {}
