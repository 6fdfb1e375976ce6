package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.Occurrence;
import dev.retrospec.patterns.PatternMemory;
import dev.retrospec.patterns.Remembered;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.stacks.Frame;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts a run's tests in the catalogue and tells of the red ones what they mean: flaky or not, new
 * or old, since when, and which remembered failure each is.
 */
@ApplicationScoped
public class RedTests {

  private static final int MAX_FRAMES = 12;

  /**
   * So many different failures of a run are remembered: with more, the run would not be stored
   * within its transaction. The others are counted and shown.
   */
  static final int MAX_REMEMBERED = 2_000;

  private final TestCases cases;
  private final FailingTests failing;
  private final PatternMemory memory;

  @Inject
  public RedTests(TestCases cases, FailingTests failing, PatternMemory memory) {
    this.cases = cases;
    this.failing = failing;
    this.memory = memory;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RedTests() {
    this(null, null, null);
  }

  /** In the order of the report; empty for a run that is green throughout. */
  List<RedTest> of(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      List<String> changedFiles,
      Instant now) {
    Map<String, TestCases.Known> known = cases.seen(project, run, now);
    cases.addResults(project, id, run.results(), known);
    List<Long> green = new ArrayList<>();
    List<Long> red = new ArrayList<>();
    Set<Long> flaky = new HashSet<>();
    for (TestResult result : run.results()) {
      long test = known.get(result.name()).id();
      switch (result.status()) {
        case PASSED -> green.add(test);
        case FLAKY -> {
          green.add(test);
          flaky.add(test);
        }
        case FAILED, ERROR -> red.add(test);
        case SKIPPED -> {}
      }
    }
    if (run.saysTheRestPassed()) {
      cases.restPassed(project, run, red);
    }
    List<Long> flakes = cases.flakes(project, id, run, red);
    cases.countFlakes(flakes);
    cases.markFlakes(project, id, run, green, red);
    failing.heal(project, run, green, red);
    failing.fail(project, id, run, red, now);
    if (red.isEmpty() && flaky.isEmpty()) {
      return List.of();
    }
    FailingTests.Streaks streaks = failing.streaks(project, id, run, base, red);
    List<TestResult> shown =
        run.results().stream()
            .filter(result -> result.status().isRed() || result.status() == ResultStatus.FLAKY)
            .toList();
    Map<String, Remembered> remembered = remember(project, id, run, changedFiles, shown, now);
    Set<Long> isFlake = new HashSet<>(flakes);
    Map<TestResult.Failure, List<String>> frames = new HashMap<>();
    List<RedTest> result = new ArrayList<>(shown.size());
    for (TestResult one : shown) {
      TestCases.Known test = known.get(one.name());
      TestResult.Failure failure = said(one);
      boolean isFlaky = flaky.contains(test.id()) || isFlake.contains(test.id());
      result.add(
          new RedTest(
              test.id(),
              one,
              failure,
              isFlaky,
              test.flakyScore(isFlake.contains(test.id())),
              flaky.contains(test.id()) ? null : isNew(id, run, base, streaks, test.id()),
              flaky.contains(test.id()) ? null : streaks.of(test.id()),
              remembered.get(one.name()),
              remembered.containsKey(one.name())
                  ? frames.computeIfAbsent(failure, RedTests::frameFiles)
                  : List.of()));
    }
    return result;
  }

  /** By the test's name; those beyond {@link #MAX_REMEMBERED} are missing. */
  private Map<String, Remembered> remember(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      List<String> changedFiles,
      List<TestResult> shown,
      Instant now) {
    Set<TestResult.Failure> different = new HashSet<>();
    List<Occurrence> occurrences = new ArrayList<>();
    for (TestResult result : shown) {
      TestResult.Failure said = said(result);
      if (different.size() < MAX_REMEMBERED || different.contains(said)) {
        different.add(said);
        occurrences.add(
            new Occurrence(
                id,
                result.name(),
                text(said),
                run.commitHash(),
                run.branch(),
                run.author(),
                changedFiles,
                now));
      }
    }
    List<Remembered> remembered = memory.remember(project, occurrences);
    Map<String, Remembered> byTest = new HashMap<>();
    for (int i = 0; i < occurrences.size(); i++) {
      byTest.put(occurrences.get(i).testName(), remembered.get(i));
    }
    return byTest;
  }

  /** On the base branch itself: whether the row of red runs begins with this one. */
  private static @Nullable Boolean isNew(
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      FailingTests.Streaks streaks,
      long test) {
    if (base == null) {
      return null;
    }
    if (base.equals(run.branch())) {
      FailingTests.Streak streak = streaks.here().get(test);
      return streak == null ? null : (Boolean) streak.firstBadRun().equals(id);
    }
    return streaks.onBase().containsKey(test)
        ? Boolean.FALSE
        : streaks.baseIsKnown() ? Boolean.TRUE : null;
  }

  private static TestResult.Failure said(TestResult result) {
    TestResult.Failure failure = result.redFailure();
    return failure == null ? new TestResult.Failure(null, "no message", null) : failure;
  }

  private static FailureText text(TestResult.Failure failure) {
    return new FailureText(failure.type(), failure.message(), failure.stack());
  }

  private static List<String> frameFiles(TestResult.Failure failure) {
    return Signatures.of(text(failure)).tellingFrames().stream()
        .map(Frame::file)
        .filter(file -> !file.isEmpty())
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .distinct()
        .limit(MAX_FRAMES)
        .toList();
  }
}
