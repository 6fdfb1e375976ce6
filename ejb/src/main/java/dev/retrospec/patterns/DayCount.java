package dev.retrospec.patterns;

import java.time.LocalDate;

/**
 * What was seen on a day of UTC.
 *
 * @param occurrences failing tests
 * @param runs that had one
 */
public record DayCount(LocalDate day, int occurrences, int runs) {}
