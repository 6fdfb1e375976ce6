package dev.retrospec.ids;

/** A row of the outbox. */
public record JobId(long value) {}
