package dev.retrospec.recommendations;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a recommendation is asked for.
 *
 * @param changed the files of the change; empty when there is no diff
 * @param redRuns weighted number of red runs whose change touched a file or folder, by its path;
 *     those that nobody has touched in one are left out
 * @param candidates tests of the catalogue for which there is any reason
 */
public record Evidence(
    List<ChangedFile> changed, Map<String, Double> redRuns, List<Candidate> candidates) {

  /**
   * A test that exists, and what speaks for it.
   *
   * @param testName the catalogue's name
   * @param file its own file, where the reports tell it
   * @param meanDurationMs null when no report has told it
   * @param failureRate smoothed over its runs, newest first, 0 to 1; flaky runs do not count
   * @param flakyScore of its red runs, the share that was flaky, 0 to 1
   * @param red how it ended in the run that is talked about; null when it was green or not in it
   * @param histories how it did when these files changed before
   * @param patterns failures like the present ones that it has shown before
   * @param framesInChange changed files that stood in the stacks of its earlier failures
   */
  public record Candidate(
      String testName,
      @Nullable String file,
      @Nullable Double meanDurationMs,
      double failureRate,
      double flakyScore,
      @Nullable Red red,
      List<FileHistory> histories,
      List<PatternLink> patterns,
      List<String> framesInChange) {

    public Candidate {
      histories = List.copyOf(histories);
      patterns = List.copyOf(patterns);
      framesInChange = List.copyOf(framesInChange);
    }
  }

  /**
   * It is red in this very run.
   *
   * @param pattern tests with the same pattern show the same failure: one of them tells enough
   */
  public record Red(String pattern, boolean isFlaky) {}

  /**
   * Red runs in which a file changed and a test was among the red ones; each counts less the older
   * it is.
   *
   * @param path the changed file, or the folder of one
   * @param runs weighted number of red runs whose change touched it, since the test is known
   * @param failures weighted number of those in which the test was red
   */
  public record FileHistory(String path, double runs, double failures) {}

  /**
   * A pattern that resembles a failure of this run.
   *
   * @param similarity 0 to 1
   * @param runs that showed it
   * @param failures those of them in which this test did
   * @param occurrences of the pattern in all
   */
  public record PatternLink(
      String summary, double similarity, int runs, int failures, int occurrences) {}

  public Evidence {
    changed = List.copyOf(changed);
    redRuns = Map.copyOf(redRuns);
    candidates = List.copyOf(candidates);
  }
}
