package dev.retrospec.bench.recommendations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A project that does not exist: files in folders, tests that cover some of them, changes that
 * break some of what they touch, and tests that are flaky. The same seed gives the same history.
 */
final class SeededHistory {

  private static final int FOLDERS = 16;
  private static final int FILES_PER_FOLDER = 6;
  private static final int TESTS = 400;
  private static final String[] WORDS = {
    "cart", "login", "mail", "stock", "price", "tax", "order", "refund", "search", "image", "user",
    "invoice", "coupon", "address", "basket", "export", "report", "session", "token", "theme"
  };

  /** One run of all tests after a change. */
  record Run(Set<Integer> changed, Set<Integer> failing, Set<Integer> flaked) {}

  final List<String> files = new ArrayList<>();
  final List<String> tests = new ArrayList<>();
  final double[] durations = new double[TESTS];
  final List<Run> runs = new ArrayList<>();

  private final List<Set<Integer>> coverage = new ArrayList<>();
  private final double[] flakiness = new double[TESTS];
  private final Random random;

  /**
   * @param linked whether what fails depends on what changed; else any test fails by any change
   */
  SeededHistory(long seed, int changes, boolean linked) {
    random = new Random(seed);
    for (int folder = 0; folder < FOLDERS; folder++) {
      for (int file = 0; file < FILES_PER_FOLDER; file++) {
        files.add(
            "src/"
                + WORDS[folder]
                + "/"
                + WORDS[(folder + file) % WORDS.length]
                + file
                + "Part.ts");
      }
    }
    for (int test = 0; test < TESTS; test++) {
      addTest(test);
    }
    for (int i = 0; i < changes; i++) {
      runs.add(change(linked));
    }
  }

  /** Half of the tests are named after what they test; one in ten goes through the whole house. */
  private void addTest(int test) {
    int folder = random.nextInt(FOLDERS);
    boolean wide = random.nextInt(10) == 0;
    Set<Integer> covered = new HashSet<>();
    int first = folder * FILES_PER_FOLDER + random.nextInt(FILES_PER_FOLDER);
    covered.add(first);
    int more = wide ? 20 : random.nextInt(4);
    for (int i = 0; i < more; i++) {
      covered.add(
          wide
              ? random.nextInt(files.size())
              : folder * FILES_PER_FOLDER + random.nextInt(FILES_PER_FOLDER));
    }
    coverage.add(covered);
    String stem = files.get(first).replaceAll(".*/|\\.ts", "");
    tests.add(
        random.nextBoolean()
            ? Character.toUpperCase(stem.charAt(0)) + stem.substring(1) + "Test.case" + test
            : "Scenario" + test + "Test.works");
    durations[test] = Math.exp(Math.log(1_000) + random.nextGaussian() * 1.1) * (wide ? 6 : 1);
    flakiness[test] = random.nextInt(20) == 0 ? 0.05 : 0;
  }

  private Run change(boolean linked) {
    int folder = (int) (FOLDERS * Math.pow(random.nextDouble(), 1.8)); // some are changed often
    Set<Integer> changed = new HashSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      changed.add(
          random.nextInt(5) == 0
              ? random.nextInt(files.size())
              : folder * FILES_PER_FOLDER + random.nextInt(FILES_PER_FOLDER));
    }
    Set<Integer> failing = new HashSet<>();
    if (random.nextDouble() < 0.35) {
      int broken = List.copyOf(changed).get(random.nextInt(changed.size()));
      for (int test = 0; test < TESTS; test++) {
        boolean hit =
            linked
                ? coverage.get(test).contains(broken) && random.nextDouble() < 0.6
                : random.nextInt(80) == 0;
        if (hit) {
          failing.add(test);
        }
      }
    }
    Set<Integer> flaked = new HashSet<>();
    for (int test = 0; test < TESTS; test++) {
      if (random.nextDouble() < flakiness[test]) {
        flaked.add(test);
      }
    }
    flaked.removeAll(failing);
    return new Run(changed, failing, flaked);
  }
}
