package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A row of the outbox. */
public record JobId(@JsonValue long value) {}
