package dev.retrospec.issues.suspects;

/**
 * A fact that failing sessions share far more often than healthy ones.
 *
 * @param fact "Browser", "Release", "Experiment checkout", "Step before" and the like
 * @param failing of {@code failingOf} failing sessions have it
 * @param healthy of {@code healthyOf} healthy sessions on the same route have it
 * @param oddsRatio the odds to fail with it, over those without; half a session added to each count
 * @param chance 0 to 1: that as many failing sessions or more have it if it does not matter
 *     (Fisher's exact test, one-sided)
 */
public record Suspect(
    String fact,
    String value,
    int failing,
    int failingOf,
    int healthy,
    int healthyOf,
    double oddsRatio,
    double chance) {}
