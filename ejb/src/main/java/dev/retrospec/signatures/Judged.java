package dev.retrospec.signatures;

/**
 * What a person (or a labelled set) said of a pair.
 *
 * @param raw the pair's score before calibration, 0 to 1
 * @param same whether the two are one failure
 */
public record Judged(double raw, boolean same) {}
