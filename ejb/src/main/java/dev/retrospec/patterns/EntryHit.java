package dev.retrospec.patterns;

/**
 * An entry that a search found.
 *
 * @param similarity 0 to 1: the share of the question that the text answers, or the cosine of both
 */
public record EntryHit(String id, double similarity, MemoryEntry entry) {}
