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

  /**
   * What a history is like.
   *
   * @param linked whether what fails depends on what changed; else any test fails by any change
   * @param breaking share of the changes that break something
   * @param noticing how probably a test that covers what broke fails
   * @param named share of the tests that are named after a file
   * @param mostFiles that a change touches
   */
  record World(boolean linked, double breaking, double noticing, double named, int mostFiles) {

    /** A third of the changes breaks something, and diffs say where. */
    static final World USUAL = new World(true, 0.35, 0.6, 0.5, 4);

    /** The same without any connection of changes and failures. */
    static final World BLIND = new World(false, 0.35, 0.6, 0.5, 4);

    /** Few changes break something, are larger, are noticed nearly always; names say little. */
    static final World OTHER = new World(true, 0.15, 0.9, 0.2, 8);
  }

  /** One run of all tests after a change. */
  record Run(Set<Integer> changed, Set<Integer> failing, Set<Integer> flaked) {}

  final List<String> files = new ArrayList<>();
  final List<String> tests = new ArrayList<>();
  final double[] durations = new double[TESTS];
  final List<Run> runs = new ArrayList<>();

  private final List<Set<Integer>> coverage = new ArrayList<>();
  private final double[] flakiness = new double[TESTS];
  private final Random random;
  private final World world;

  SeededHistory(long seed, int changes, World world) {
    this.world = world;
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
      runs.add(change());
    }
  }

  /** Some of the tests are named after what they test; one in ten goes through the whole house. */
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
        random.nextDouble() < world.named
            ? Character.toUpperCase(stem.charAt(0)) + stem.substring(1) + "Test.case" + test
            : "Scenario" + test + "Test.works");
    durations[test] = Math.exp(Math.log(1_000) + random.nextGaussian() * 1.1) * (wide ? 6 : 1);
    flakiness[test] = random.nextInt(20) == 0 ? 0.05 : 0;
  }

  private Run change() {
    int folder = (int) (FOLDERS * Math.pow(random.nextDouble(), 1.8)); // some are changed often
    Set<Integer> changed = new HashSet<>();
    int count = 1 + random.nextInt(world.mostFiles);
    for (int i = 0; i < count; i++) {
      changed.add(
          random.nextInt(5) == 0
              ? random.nextInt(files.size())
              : folder * FILES_PER_FOLDER + random.nextInt(FILES_PER_FOLDER));
    }
    Set<Integer> failing = new HashSet<>();
    if (random.nextDouble() < world.breaking) {
      int broken = List.copyOf(changed).get(random.nextInt(changed.size()));
      for (int test = 0; test < TESTS; test++) {
        boolean hit =
            world.linked
                ? coverage.get(test).contains(broken) && random.nextDouble() < world.noticing
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
