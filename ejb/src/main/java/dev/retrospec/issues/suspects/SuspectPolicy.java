package dev.retrospec.issues.suspects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares failing with healthy sessions, fact by fact: a rule without any state of its own.
 *
 * <p>A fact is a suspect when at least {@link #MIN_SUPPORT} failing sessions and a fifth of them
 * have it, when it is {@link #MIN_DIFFERENCE} more frequent among them than among the healthy ones,
 * and when Fisher's exact test (R. A. Fisher 1922; the hypergeometric tail) leaves less than one in
 * a hundred to chance after all facts that were looked at have had their turn (Bonferroni). The
 * most telling come first: those with the highest lower bound of the odds ratio (Woolf 1955, with
 * Haldane's half added to each count).
 *
 * <p>It says what goes together, not what causes what.
 */
public final class SuspectPolicy {

  /** Failing sessions; two may be anything. */
  public static final int MIN_SUPPORT = 3;

  /** Healthy sessions, without which there is nothing to compare with. */
  public static final int MIN_HEALTHY = 5;

  /** Between the two shares, 0 to 1. */
  public static final double MIN_DIFFERENCE = 0.15;

  private static final double MIN_SHARE = 0.2;
  private static final double MAX_CHANCE = 0.01;
  private static final int MAX_SUSPECTS = 6;

  /** Of a lower bound of 95 %. */
  private static final double DEVIATIONS = 1.96;

  private SuspectPolicy() {}

  /** What is known of a session. */
  public record Fact(String name, String value) {}

  private record Table(int failing, int failingOf, int healthy, int healthyOf) {

    double difference() {
      return (double) failing / failingOf - (double) healthy / healthyOf;
    }

    double oddsRatio() {
      return ((failing + 0.5) * (healthyOf - healthy + 0.5))
          / ((failingOf - failing + 0.5) * (healthy + 0.5));
    }

    double lowerBound() {
      double error =
          Math.sqrt(
              1 / (failing + 0.5)
                  + 1 / (failingOf - failing + 0.5)
                  + 1 / (healthy + 0.5)
                  + 1 / (healthyOf - healthy + 0.5));
      return Math.log(oddsRatio()) - DEVIATIONS * error;
    }

    /** That so many or more of those who have it fail, if failing were drawn by lot. */
    double chance() {
      int all = failingOf + healthyOf;
      int having = failing + healthy;
      double sum = 0;
      for (int k = failing; k <= Math.min(having, failingOf); k++) {
        if (failingOf - k <= all - having) {
          sum +=
              Math.exp(
                  choose(having, k) + choose(all - having, failingOf - k) - choose(all, failingOf));
        }
      }
      return Math.min(1, sum);
    }

    private static double choose(int n, int k) {
      return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    private static double logFactorial(int n) {
      double sum = 0;
      for (int i = 2; i <= n; i++) {
        sum += Math.log(i);
      }
      return sum;
    }
  }

  /**
   * The suspects, the most telling first.
   *
   * @param failing the facts of each failing session
   * @param healthy the facts of each healthy session on the same route
   */
  public static List<Suspect> of(List<Set<Fact>> failing, List<Set<Fact>> healthy) {
    if (failing.size() < MIN_SUPPORT || healthy.size() < MIN_HEALTHY) {
      return List.of();
    }
    Map<Fact, Integer> among = counts(failing);
    Map<Fact, Integer> beside = counts(healthy);
    Set<Fact> considered = new HashSet<>();
    among.forEach(
        (fact, count) -> {
          if (count >= MIN_SUPPORT && count >= MIN_SHARE * failing.size()) {
            considered.add(fact);
          }
        });
    Map<Fact, Table> tables = new HashMap<>();
    for (Fact fact : considered) {
      Table table =
          new Table(among.get(fact), failing.size(), beside.getOrDefault(fact, 0), healthy.size());
      if (table.difference() >= MIN_DIFFERENCE
          && table.chance() * considered.size() <= MAX_CHANCE) {
        tables.put(fact, table);
      }
    }
    List<Fact> order = new ArrayList<>(tables.keySet());
    order.sort(
        Comparator.comparingDouble((Fact fact) -> tables.get(fact).lowerBound())
            .reversed()
            .thenComparing(Fact::name)
            .thenComparing(Fact::value));
    return order.stream().limit(MAX_SUSPECTS).map(fact -> suspect(fact, tables.get(fact))).toList();
  }

  private static Suspect suspect(Fact fact, Table table) {
    return new Suspect(
        fact.name(),
        fact.value(),
        table.failing(),
        table.failingOf(),
        table.healthy(),
        table.healthyOf(),
        table.oddsRatio(),
        table.chance());
  }

  private static Map<Fact, Integer> counts(List<Set<Fact>> sessions) {
    Map<Fact, Integer> counts = new HashMap<>();
    sessions.forEach(facts -> facts.forEach(fact -> counts.merge(fact, 1, Integer::sum)));
    return counts;
  }
}
