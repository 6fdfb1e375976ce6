package dev.retrospec.bench.recommendations;

import dev.retrospec.bench.recommendations.SeededHistory.World;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.TestRecommendations;
import dev.retrospec.recommendations.TestRecommendations.Rated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Replays histories and writes {@code recommendations.md}; needs no server. */
public final class RecommendationBench {

  private static final int CHANGES = 600;
  private static final int WARM_UP = 100;
  private static final int HISTORIES = 5;
  private static final int SHUFFLES = 10;

  private RecommendationBench() {}

  /** Sums over the runs that were judged. */
  private static final class Score {
    double apfd;
    double apfdc;
    double at10;
    double at25;
    double at50;
    int runs;

    void add(List<Integer> order, SeededHistory history, SeededHistory.Run run) {
      apfd += Effect.apfd(order, run.failing());
      apfdc += Effect.apfdc(order, run.failing(), history.durations);
      at10 += Effect.caughtWithin(0.10, order, run.failing(), history.durations);
      at25 += Effect.caughtWithin(0.25, order, run.failing(), history.durations);
      at50 += Effect.caughtWithin(0.50, order, run.failing(), history.durations);
      runs++;
    }

    String line(String name) {
      return String.format(
          Locale.ROOT,
          "| %s | %.3f | %.3f | %.0f %% | %.0f %% | %.0f %% |%n",
          name,
          apfd / runs,
          apfdc / runs,
          100 * at10 / runs,
          100 * at25 / runs,
          100 * at50 / runs);
    }
  }

  /** How often tests with about one confidence really failed. */
  private static final class Calibration {
    final long[] tests = new long[10];
    final double[] said = new double[10];
    final long[] failed = new long[10];

    void add(double probability, boolean hasFailed) {
      int bin = Math.min(9, (int) (probability * 10));
      tests[bin]++;
      said[bin] += probability;
      failed[bin] += hasFailed ? 1 : 0;
    }

    String cells(int bin) {
      return tests[bin] == 0
          ? "0 | |"
          : String.format(
              Locale.ROOT,
              "%,d | %.2f | %.2f",
              tests[bin],
              said[bin] / tests[bin],
              (double) failed[bin] / tests[bin]);
    }
  }

  /**
   * @param args the directory for the page
   */
  public static void main(String[] args) throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    Calibration usual = new Calibration();
    Calibration other = new Calibration();
    Calibration blind = new Calibration();
    page.append("\n## What fails depends on what changed\n\n");
    page.append(table(World.USUAL, usual));
    page.append("\n## The same in a history with other numbers\n\n").append(OTHER);
    page.append(table(World.OTHER, other));
    page.append("\n## Any test may fail by any change\n\n");
    page.append("Here a diff says nothing, and no order can use it.\n\n");
    page.append(table(World.BLIND, blind));
    page.append("\n## How much a confidence is worth\n\n").append(CONFIDENCE);
    page.append("| said | tests | said on average | failed really");
    page.append(" | other numbers: tests | said | failed | any change: tests | said | failed |\n");
    page.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (int bin = 0; bin < 10; bin++) {
      if (usual.tests[bin] + other.tests[bin] + blind.tests[bin] > 0) {
        page.append(
            String.format(
                Locale.ROOT,
                "| %.1f to %.1f | %s | %s | %s |%n",
                bin / 10.0,
                (bin + 1) / 10.0,
                usual.cells(bin),
                other.cells(bin),
                blind.cells(bin)));
      }
    }
    Path file = Path.of(args[0]).resolve("recommendations.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
  }

  private static String table(World world, Calibration calibration) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (int seed = 1; seed <= HISTORIES; seed++) {
      replay(new SeededHistory(seed, CHANGES, world), scores, calibration);
    }
    StringBuilder table =
        new StringBuilder("| order | APFD | APFDc | caught in 10 % of the time | 25 % | 50 % |\n");
    table.append("|---|---|---|---|---|---|\n");
    scores.forEach((name, score) -> table.append(score.line(name)));
    int runs = scores.values().iterator().next().runs / SHUFFLES;
    return table + "\n" + runs + " red runs.\n";
  }

  private static void replay(
      SeededHistory history, Map<String, Score> scores, Calibration calibration) {
    Memory memory = new Memory(history);
    Random random = new Random(7);
    for (int number = 0; number < history.runs.size(); number++) {
      SeededHistory.Run run = history.runs.get(number);
      if (number >= WARM_UP && !run.failing().isEmpty()) {
        judge(history, memory, run, scores, calibration, random);
      }
      memory.learn(run);
    }
  }

  private static void judge(
      SeededHistory history,
      Memory memory,
      SeededHistory.Run run,
      Map<String, Score> scores,
      Calibration calibration,
      Random random) {
    List<Integer> tests = IntStream.range(0, history.tests.size()).boxed().toList();
    for (int i = 0; i < SHUFFLES; i++) {
      List<Integer> shuffled = new ArrayList<>(tests);
      Collections.shuffle(shuffled, random);
      score(scores, "random").add(shuffled, history, run);
    }
    score(scores, "last failed first").add(by(tests, memory::lastRed), history, run);
    score(scores, "exponential failure rate").add(by(tests, memory::rate), history, run);
    score(scores, "exponential failure rate per minute")
        .add(by(tests, test -> memory.rate(test) / history.durations[test]), history, run);
    List<ChangedFile> changed = Memory.changed(history, run.changed());
    Map<String, Double> redRuns = memory.redRuns(run.changed());
    Map<Integer, Rated> rated = new LinkedHashMap<>();
    for (int test : tests) {
      Rated one = TestRecommendations.rate(changed, redRuns, memory.candidate(test, run.changed()));
      rated.put(test, one);
      calibration.add(one.probability(), run.failing().contains(test));
    }
    score(scores, "RetroSpec, by confidence")
        .add(by(tests, test -> rated.get(test).probability()), history, run);
    score(scores, "**RetroSpec, by failures per minute**")
        .add(by(tests, test -> rated.get(test).perMinute()), history, run);
    score(scores, "optimal")
        .add(
            by(tests, test -> run.failing().contains(test) ? 1 / history.durations[test] : 0),
            history,
            run);
  }

  /** The greatest first; equal ones as they are numbered, which says nothing. */
  private static List<Integer> by(List<Integer> tests, ToDoubleFunction<Integer> value) {
    return tests.stream().sorted(Comparator.comparingDouble(value).reversed()).toList();
  }

  private static Score score(Map<String, Score> scores, String name) {
    return scores.computeIfAbsent(name, any -> new Score());
  }

  private static final String HEAD =
      """
      # Test recommendation

      `bench/run recommendations` writes this page again; the same seeds give the same figures.

      **What it is.** A replay of seeded histories, not of a real project's: %d histories of %d \
      changes each, 400 tests of 96 files, tests that cover 1 to 20 files, half of them named after \
      one of these, a third of the changes breaking something, each covering test noticing it 6 \
      times of 10, one test in twenty flaky. The public histories that carry verdicts (RETECS: ABB \
      IOF/ROL, Google GSDTSR) have no changed files in them, so nothing about a diff can be measured \
      there. The first %d changes are for learning only. Judged is the order of all tests before the \
      run: from the diff, the history of its files and folders, names and failure rates. What the \
      failures of the run itself add (similar patterns) is not in these figures.

      Weights were chosen on other seeds (11 to 13) than those that are judged here.

      APFD counts tests (random: 0.5). APFDc is the same by run time (Elbaum, Malishevsky, \
      Rothermel 2001, every fault weighing the same): APFD takes a test of a minute for as dear as \
      one of a millisecond. The other columns are the share of the failing tests that have ended \
      within that share of the suite's time. The order that is served looks at time, so by APFD \
      alone the order by confidence is better.
      """
          .formatted(HISTORIES, CHANGES, WARM_UP);

  private static final String OTHER =
      """
      15 changes of 100 break something, changes touch up to eight files, a covering test notices 9 \
      times of 10, one test in five is named after a file. No weight was chosen here.

      """;

  private static final String CONFIDENCE =
      """
      All tests of all judged runs. Said is the probability that the test fails by this change, given \
      that the change broke something, because that is when recommendations are given. Where \
      failures have nothing to do with changes (the last columns), it is far too high: a few runs \
      always seem to connect some test with some file, and nothing tells such a history from a real \
      one yet.

      """;
}
