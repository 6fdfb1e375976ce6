package dev.retrospec.recommendations;

import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.Evidence.FileHistory;
import dev.retrospec.recommendations.Evidence.PatternLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recommends tests. What speaks for a test is combined as independent causes are (noisy-or: {@code
 * 1 - ∏(1 - p)}); within one kind of evidence only the strongest counts, because two files of one
 * change are no two witnesses. The most probable are chosen, then ordered by the failures they are
 * expected to find in a minute.
 *
 * <p>Weights were chosen on {@code bench/results/recommendations.md}.
 */
public final class TestRecommendations {

  /** As many as a person looks at. */
  public static final int LIMIT = 10;

  /** Of these, the tests of this run to run again: one for each failure tells enough. */
  static final int MAX_RERUNS = 4;

  /** Below it, a recommendation is noise. */
  static final double LEAST = 0.08;

  /** Starting a test costs about this, whatever it then takes. */
  private static final double OVERHEAD_MS = 500;

  private static final double UNKNOWN_DURATION_MS = 2_000;

  /** Runs of a file that nobody has seen: pulls rare co-occurrences toward the test's own rate. */
  private static final double PRIOR_RUNS = 2;

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
            .map(candidate -> rate(evidence.changed(), candidate))
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
  public static Rated rate(List<ChangedFile> changed, Candidate test) {
    List<Cause> causes = new ArrayList<>(6);
    if (test.red() != null) {
      causes.add(
          test.red().isFlaky()
              ? new Cause(0.5, "it was red and then green in this run")
              : new Cause(0.9, "it failed in this run"));
    }
    test.patterns().stream()
        .max(Comparator.comparingDouble(link -> link.similarity() * link.share()))
        .ifPresent(link -> causes.add(ofPattern(link)));
    test.histories().stream()
        .max(Comparator.comparingDouble(history -> ofHistory(history, test.failureRate())))
        .filter(history -> history.failures() > 0)
        .ifPresent(history -> causes.add(historyCause(history, test.failureRate())));
    if (!test.framesInChange().isEmpty()) {
      causes.add(
          new Cause(0.35, "an earlier failure of it ran through " + test.framesInChange().get(0)));
    }
    affinity(changed, test).ifPresent(causes::add);
    if (test.failureRate() > 0 && test.red() == null) { // else it is this run that is counted
      causes.add(
          new Cause(
              test.failureRate() * 0.5,
              "it failed lately ("
                  + percent(test.failureRate())
                  + ", the newest runs counting most)"));
    }
    double none = 1;
    for (Cause cause : causes) {
      none *= 1 - cause.probability;
    }
    // A test that is red without a reason half of the time says half as much about this change.
    double probability = (1 - none) * (1 - 0.5 * test.flakyScore());
    return new Rated(test, Math.min(probability, 0.99), reason(causes));
  }

  private static Cause ofPattern(PatternLink link) {
    String times = link.occurrences() == 1 ? "once" : link.occurrences() + " times";
    return new Cause(
        0.8 * link.similarity() * (0.4 + 0.6 * link.share()),
        "Similar failure pattern ("
            + percent(link.similarity())
            + " match, seen "
            + times
            + "): "
            + link.summary());
  }

  private static double ofHistory(FileHistory history, double rate) {
    double probability = (history.failures() + PRIOR_RUNS * rate) / (history.runs() + PRIOR_RUNS);
    return history.ofFolder() ? 0.5 * probability : probability;
  }

  private static Cause historyCause(FileHistory history, double rate) {
    return new Cause(
        ofHistory(history, rate),
        "Related to changed "
            + (history.ofFolder() ? "folder: " : "file: ")
            + history.path()
            + " (it failed in "
            + percent(history.failures() / Math.max(history.runs(), 1e-9))
            + " of the runs that changed it)");
  }

  private static Optional<Cause> affinity(List<ChangedFile> changed, Candidate test) {
    ChangedFile best = null;
    double most = 0;
    for (ChangedFile file : changed) {
      if (file.path().equals(test.file())) {
        return Optional.of(new Cause(0.6, "this change touches the test's own file"));
      }
      double affinity =
          NameAffinity.of(file, test.testName(), test.file() == null ? "" : test.file());
      if (affinity > most) {
        most = affinity;
        best = file;
      }
    }
    return best == null || most < 0.5
        ? Optional.empty()
        : Optional.of(new Cause(0.3 * most * most, "Related to changed file: " + best.path()));
  }

  private static String reason(List<Cause> causes) {
    String reason =
        causes.stream()
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
