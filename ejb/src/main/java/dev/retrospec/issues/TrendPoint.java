package dev.retrospec.issues;

import java.time.Instant;

/**
 * One bar of a sparkline.
 *
 * @param at the bar's beginning
 * @param sessions that first showed the failure in it
 */
public record TrendPoint(Instant at, int sessions) {}
