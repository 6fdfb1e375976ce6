package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;

/**
 * An issue of production that a pattern resembles.
 *
 * @param similarity calibrated, 0 to 1
 */
public record SimilarIssue(ClusterKey key, double similarity, Why why) {}
