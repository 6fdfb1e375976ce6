package dev.retrospec.patterns;

/**
 * An entry that a search found.
 *
 * @param similarity 0 to 1: as {@link WordsAndModel} says, or the cosine of both by their words
 */
public record EntryHit(String id, double similarity, MemoryEntry entry) {}
