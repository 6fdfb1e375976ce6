package dev.retrospec.recommendations;

import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.Evidence.FileHistory;
import dev.retrospec.recommendations.Evidence.PatternLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recommends tests. The confidence is the probability that a test shows a failure of this change,
 * given that the change broke something. Evidence is not independent: a test's name, its folder's
 * history and its file's history tell of the same failures. So they are not multiplied but stand
 * upon each other, as in hierarchical Bayesian estimation (Gelman et al., Bayesian Data Analysis,
 * chapter 5): each weaker one is what is expected of the next before any run has shown it, and runs
 * in which the test stayed green count too. Of several changed files one is to blame; the most
 * suspicious of noisy estimates is too high by chance and is drawn half-way to their mean.
 *
 * <p>The most probable are chosen, then ordered by the failures they are expected to find in a
 * minute (Smith's rule). Weights were chosen on seeded histories other than those of {@code
 * bench/results/recommendations.md}.
 */
public final class TestRecommendations {

  /** As many as a person looks at. */
  public static final int LIMIT = 10;

  /** Of these, the tests of this run to run again: one for each failure tells enough. */
  static final int MAX_RERUNS = 4;

  /** Below it, a recommendation is noise. */
  static final double LEAST = 0.08;

  /** Starting a test costs about this, whatever it then takes. */
  private static final double OVERHEAD_MS = 1_000;

  private static final double UNKNOWN_DURATION_MS = 2_000;

  /** So many runs are worth what was expected before any run. */
  private static final double PRIOR_RUNS = 2;

  /** The same for a folder, whose files differ. */
  private static final double PRIOR_RUNS_OF_FOLDER = 5;

  /** Any test may fail by any change. */
  private static final double BASE = 0.01;

  /** Of a test that fails always, how much a change is to blame that nothing connects with it. */
  private static final double OF_RATE = 0.25;

  private static final double OWN_FILE = 0.6;
  private static final double IN_STACK = 0.35;
  private static final double NAMED_AFTER = 0.4;

  /** A reason that says no more than this says nothing. */
  private static final double LEAST_REASON = 0.03;

  private TestRecommendations() {}

  private record Cause(double probability, String reason) {}

  /** A candidate with its probability. */
  public record Rated(Candidate candidate, double probability, String reason) {

    /** Expected failures found in a minute of run time. */
    public double perMinute() {
      Double mean = candidate.meanDurationMs();
      return probability * 60_000 / (OVERHEAD_MS + (mean == null ? UNKNOWN_DURATION_MS : mean));
    }
  }

  /** At most {@link #LIMIT}, the most useful minute first. */
  public static List<RecommendedTest> recommend(Evidence evidence) {
    List<Rated> byProbability =
        evidence.candidates().stream()
            .map(candidate -> rate(evidence.changed(), evidence.redRuns(), candidate))
            .filter(rated -> rated.probability >= LEAST)
            .sorted(
                Comparator.comparingDouble(Rated::probability)
                    .reversed()
                    .thenComparing(Comparator.comparingDouble(Rated::perMinute).reversed())
                    .thenComparing(rated -> rated.candidate.testName()))
            .toList();
    return withFewReruns(byProbability).stream()
        .sorted(Comparator.comparingDouble(Rated::perMinute).reversed())
        .map(
            rated ->
                new RecommendedTest(
                    rated.candidate.testName(), rated.reason, rounded(rated.probability)))
        .toList();
  }

  private static List<Rated> withFewReruns(List<Rated> rated) {
    List<Rated> chosen = new ArrayList<>(LIMIT);
    Set<String> patterns = new HashSet<>();
    for (Rated one : rated) {
      Evidence.Red red = one.candidate.red();
      if (red != null && (patterns.size() >= MAX_RERUNS || !patterns.add(red.pattern()))) {
        continue;
      }
      chosen.add(one);
      if (chosen.size() == LIMIT) {
        break;
      }
    }
    return chosen;
  }

  /** How probably a test shows a failure that this change made. */
  public static Rated rate(List<ChangedFile> changed, Map<String, Double> redRuns, Candidate test) {
    List<Cause> causes = new ArrayList<>(4);
    double lately = OF_RATE * test.failureRate();
    if (test.red() == null) { // else it is this run that is counted
      causes.add(
          new Cause(
              BASE + lately,
              "it failed lately ("
                  + percent(test.failureRate())
                  + ", the newest runs counting most)"));
    } else {
      causes.add(
          test.red().isFlaky()
              ? new Cause(0.5, "it was red and then green in this run")
              : new Cause(0.9, "it failed in this run"));
    }
    test.patterns().stream()
        .map(TestRecommendations::ofPattern)
        .max(Comparator.comparingDouble(Cause::probability))
        .ifPresent(causes::add);
    ofChange(changed, redRuns, test, BASE + lately).ifPresent(causes::add);
    // Patterns and files tell of the same earlier failures: the stronger one counts, not both.
    double most = causes.stream().mapToDouble(Cause::probability).max().orElse(0);
    // A test that is red without a reason half of the time says half as much about this change.
    double probability = most * (1 - 0.5 * test.flakyScore());
    return new Rated(test, probability, reason(causes));
  }

  private static Cause ofPattern(PatternLink link) {
    String times = link.occurrences() == 1 ? "once" : link.occurrences() + " times";
    return new Cause(
        link.similarity() * share(link.failures(), link.runs(), BASE, PRIOR_RUNS),
        "Similar failure pattern ("
            + percent(link.similarity())
            + " match, seen "
            + times
            + "): "
            + link.summary());
  }

  private static Optional<Cause> ofChange(
      List<ChangedFile> changed, Map<String, Double> redRuns, Candidate test, double expected) {
    Map<String, FileHistory> histories = new HashMap<>();
    test.histories().forEach(history -> histories.put(history.path(), history));
    Cause most = null;
    double sum = 0;
    for (ChangedFile file : changed) {
      Cause cause = ofFile(file, histories, redRuns, test, expected);
      sum += cause.probability;
      most = most == null || cause.probability > most.probability ? cause : most;
    }
    return most == null
        ? Optional.empty()
        : Optional.of(new Cause((most.probability + sum / changed.size()) / 2, most.reason));
  }

  /** What the file's own history makes of what its folder, its name and stacks let expect. */
  private static Cause ofFile(
      ChangedFile file,
      Map<String, FileHistory> histories,
      Map<String, Double> redRuns,
      Candidate test,
      double expected) {
    FileHistory ofFolder = history(file.folder(), histories, redRuns);
    Cause prior =
        new Cause(
            share(ofFolder.failures(), ofFolder.runs(), expected, PRIOR_RUNS_OF_FOLDER),
            ofFolder.failures() > 0 ? told("folder", ofFolder) : "");
    prior = stronger(prior, ofName(file, test));
    if (test.framesInChange().contains(file.path())) {
      prior =
          stronger(
              prior, new Cause(IN_STACK, "an earlier failure of it ran through " + file.path()));
    }
    if (file.path().equals(test.file())) {
      prior = stronger(prior, new Cause(OWN_FILE, "this change touches the test's own file"));
    }
    FileHistory own = history(file.path(), histories, redRuns);
    return new Cause(
        share(own.failures(), own.runs(), prior.probability, PRIOR_RUNS),
        own.failures() > 0 ? told("file", own) : prior.reason);
  }

  private static FileHistory history(
      String path, Map<String, FileHistory> histories, Map<String, Double> redRuns) {
    FileHistory known = histories.get(path);
    return known == null ? new FileHistory(path, redRuns.getOrDefault(path, 0.0), 0) : known;
  }

  /** The mean of a Beta distribution after these runs. */
  private static double share(double failures, double runs, double expected, double worth) {
    return (failures + worth * expected) / (runs + worth);
  }

  private static Cause stronger(Cause one, Cause other) {
    return other.probability > one.probability ? other : one;
  }

  private static Cause ofName(ChangedFile file, Candidate test) {
    double affinity =
        NameAffinity.of(file, test.testName(), test.file() == null ? "" : test.file());
    // Half of a name, as "service", is in many names; the whole of it is seldom chance.
    return new Cause(
        affinity > 0.5 ? NAMED_AFTER * Math.pow(affinity, 4) : 0,
        "Related to changed file: " + file.path());
  }

  private static String told(String kind, FileHistory history) {
    return "Related to changed "
        + kind
        + ": "
        + history.path()
        + " (it failed in "
        + percent(history.failures() / Math.max(history.runs(), 1e-9))
        + " of the red runs that changed it)";
  }

  private static String reason(List<Cause> causes) {
    String reason =
        causes.stream()
            .filter(cause -> cause.probability > LEAST_REASON && !cause.reason.isEmpty())
            .sorted(Comparator.comparingDouble(Cause::probability).reversed())
            .limit(2)
            .map(Cause::reason)
            .collect(Collectors.joining("; "));
    return reason.isEmpty()
        ? reason
        : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
  }

  private static String percent(double share) {
    return Math.round(share * 100) + "%";
  }

  private static double rounded(double probability) {
    return Math.round(probability * 1_000) / 1_000.0;
  }
}
