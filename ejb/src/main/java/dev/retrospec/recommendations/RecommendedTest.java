package dev.retrospec.recommendations;

/**
 * A test worth running.
 *
 * @param reason in words, the strongest one first
 * @param confidenceScore how probably it shows a failure, 0 to 1
 */
public record RecommendedTest(String testName, String reason, double confidenceScore) {}
