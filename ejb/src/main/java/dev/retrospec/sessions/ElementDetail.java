package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/** The element that the visitor acted on. */
public record ElementDetail(@Nullable String selector, @Nullable String text) {}
