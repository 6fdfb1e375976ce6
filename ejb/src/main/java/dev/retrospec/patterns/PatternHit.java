package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;

/**
 * A pattern that a search found, in the contract's shape.
 *
 * @param similarity 0 to 1; of a pasted failure as {@link Why} tells, of words as {@link
 *     WordsAndModel} says
 */
public record PatternHit(PatternId id, double similarity, PatternView pattern) {}
