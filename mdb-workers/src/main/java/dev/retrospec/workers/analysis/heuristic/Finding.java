package dev.retrospec.workers.analysis.heuristic;

/**
 * What a rule makes of the markers of its kind.
 *
 * @param confidence 0 to 1: how much of the cause was seen, not guessed
 */
record Finding(String symptom, String rootCause, String fix, double confidence) {}
