package dev.retrospec.bench.scenario;

import java.time.Duration;

/**
 * How long everything takes.
 *
 * @param firstWarmUp until the server's compiler has seen what is measured
 * @param rounds how often each figure is measured; results tell the median and the spread
 * @param sessionsStored the stocks that growth is measured at, each at least ten times the one
 *     before
 */
public record Plan(
    int rounds,
    Duration firstWarmUp,
    Duration warmUp,
    Duration measured,
    int reportCards,
    int growthSamples,
    int[] sessionsStored,
    double scrubSeconds) {

  public static final Plan FULL =
      new Plan(
          3,
          Duration.ofSeconds(150),
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          40,
          300,
          new int[] {1_000, 10_000, 100_000},
          5);

  /** Shows that everything runs; its figures mean nothing. */
  public static final Plan QUICK =
      new Plan(
          1,
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          3,
          10,
          new int[] {20, 200, 2_000},
          0.2);
}
