package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;

/**
 * A new pattern resembles an older one that was near by its model vector; the similarity is that of
 * the rules, as everywhere.
 *
 * @param pattern the new one
 * @param similarity calibrated, 0 to 1
 */
public record FoundAlike(PatternId pattern, PatternId older, double similarity, Why why) {}
