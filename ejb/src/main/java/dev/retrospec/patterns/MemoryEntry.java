package dev.retrospec.patterns;

import java.time.Instant;
import java.util.Map;

/**
 * Free text that somebody wants remembered.
 *
 * @param metadata whatever belongs to it, a JSON object
 */
public record MemoryEntry(
    String id, String text, Map<String, Object> metadata, Instant createdAt) {}
