package dev.retrospec.bench.recommendations;

import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.Evidence.FileHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the server would know before a run: the same figures as its queries, kept in memory. */
final class Memory {

  private static final double NEWEST = 0.2;
  private static final int LATEST_RUNS = 100;
  private static final double CHANGES_PER_DAY = 4;
  private static final double HALF_LIFE_DAYS = 14;

  private final SeededHistory history;
  private final double[] rate;
  private final long[] red;
  private final long[] flaky;
  private final int[] lastRed;
  private final Map<String, List<Integer>> touched = new HashMap<>();
  private int seen;

  Memory(SeededHistory history) {
    this.history = history;
    rate = new double[history.tests.size()];
    red = new long[rate.length];
    flaky = new long[rate.length];
    lastRed = new int[rate.length];
    Arrays.fill(lastRed, -1);
  }

  /** The server remembers files of all runs, but asks only those in which something was red. */
  void learn(SeededHistory.Run run) {
    for (int file : run.changed()) {
      String path = history.files.get(file);
      touched.computeIfAbsent(path, any -> new ArrayList<>()).add(seen);
      List<Integer> ofFolder = touched.computeIfAbsent(folder(path), any -> new ArrayList<>());
      if (ofFolder.isEmpty() || ofFolder.get(ofFolder.size() - 1) != seen) {
        ofFolder.add(seen);
      }
    }
    for (int test = 0; test < rate.length; test++) {
      boolean failed = run.failing().contains(test);
      boolean flaked = run.flaked().contains(test);
      rate[test] = rate[test] * (1 - NEWEST) + (failed ? NEWEST : 0);
      red[test] += failed || flaked ? 1 : 0;
      flaky[test] += flaked ? 1 : 0;
      lastRed[test] = failed || flaked ? seen : lastRed[test];
    }
    seen++;
  }

  double rate(int test) {
    return rate[test];
  }

  /** The number of the last run in which it was red; -1: never. */
  int lastRed(int test) {
    return lastRed[test];
  }

  Candidate candidate(int test, Set<Integer> changed) {
    List<FileHistory> histories = new ArrayList<>();
    for (String place : places(changed)) {
      double failures = weighted(place, run -> run.failing().contains(test));
      if (failures > 0) {
        histories.add(new FileHistory(place, redRuns(place), failures));
      }
    }
    return new Candidate(
        history.tests.get(test),
        null,
        history.durations[test],
        rate[test],
        flaky[test] / (red[test] + 1.0),
        null,
        histories,
        List.of(),
        List.of());
  }

  /** Weighted number of red runs that touched these files and their folders. */
  Map<String, Double> redRuns(Set<Integer> changed) {
    Map<String, Double> runs = new LinkedHashMap<>();
    places(changed).forEach(place -> runs.put(place, redRuns(place)));
    return runs;
  }

  private double redRuns(String place) {
    return weighted(place, run -> !run.failing().isEmpty());
  }

  private Set<String> places(Set<Integer> changed) {
    Set<String> places = new TreeSet<>();
    for (int file : changed) {
      String path = history.files.get(file);
      places.add(path);
      places.add(folder(path));
    }
    return places;
  }

  private double weighted(String place, Predicate<SeededHistory.Run> counts) {
    List<Integer> runs = touched.getOrDefault(place, List.of());
    double sum = 0;
    for (int i = Math.max(0, runs.size() - LATEST_RUNS); i < runs.size(); i++) {
      double days = (seen - runs.get(i)) / CHANGES_PER_DAY;
      boolean isCounted = counts.test(history.runs.get(runs.get(i)));
      sum += isCounted ? Math.pow(0.5, days / HALF_LIFE_DAYS) : 0;
    }
    return sum;
  }

  static List<ChangedFile> changed(SeededHistory history, Set<Integer> files) {
    return files.stream()
        .map(file -> new ChangedFile(history.files.get(file), ChangedFile.Change.MODIFIED, 1, 1))
        .toList();
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
