package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.signatures.store.Match;
import java.util.List;

/**
 * The pattern of all failures with one hash, and what led to it.
 *
 * @param isNew nothing like it was known
 * @param similarity with what the pattern had been, 0 to 1
 * @param exact its hash was known
 * @param matches the most similar first
 */
record Verdict(
    PatternId pattern, boolean isNew, double similarity, boolean exact, List<Match> matches) {}
