package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/** What a {@code User-Agent} text says, in words that people filter by: Chrome, Windows, mobile. */
public record UserAgent(@Nullable String browser, @Nullable String os, @Nullable String device) {}
