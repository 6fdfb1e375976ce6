package dev.retrospec.bench.recommendations;

import java.util.List;
import java.util.Set;

/** What an order of tests would have found, and when. */
final class Effect {

  private Effect() {}

  /**
   * Average percentage of faults detected (Rothermel et al. 1999), each failing test counting as
   * one fault: 1 - (sum of places) / (n·m) + 1 / (2n).
   */
  static double apfd(List<Integer> order, Set<Integer> failing) {
    double places = 0;
    for (int i = 0; i < order.size(); i++) {
      if (failing.contains(order.get(i))) {
        places += i + 1;
      }
    }
    double n = order.size();
    return 1 - places / (n * failing.size()) + 1 / (2 * n);
  }

  /**
   * The same by time instead of by number: each failing test finds one fault of equal weight and
   * costs what it takes (APFDc of Elbaum, Malishevsky, Rothermel, Incorporating varying test costs
   * and fault severities into test case prioritization, ICSE 2001).
   */
  static double apfdc(List<Integer> order, Set<Integer> failing, double[] durations) {
    double all = 0;
    for (int test : order) {
      all += durations[test];
    }
    double left = all;
    double sum = 0;
    for (int test : order) {
      sum += failing.contains(test) ? left - durations[test] / 2 : 0;
      left -= durations[test];
    }
    return sum / (all * failing.size());
  }

  /** Which share of the failing tests ends within a share of the time that all tests take. */
  static double caughtWithin(
      double share, List<Integer> order, Set<Integer> failing, double[] durations) {
    double budget = 0;
    for (double duration : durations) {
      budget += duration * share;
    }
    double used = 0;
    int caught = 0;
    for (int test : order) {
      used += durations[test];
      if (used > budget) {
        break;
      }
      caught += failing.contains(test) ? 1 : 0;
    }
    return (double) caught / failing.size();
  }
}
