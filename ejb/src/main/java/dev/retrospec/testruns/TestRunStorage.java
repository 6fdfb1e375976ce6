package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.PatternConfig;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.RecommendedTest;
import dev.retrospec.recommendations.TestRecommendations;
import dev.retrospec.testruns.analysis.RunCase;
import dev.retrospec.testruns.analysis.RunStory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores a run of tests, compares it with what was known, recommends tests, and sees to it that
 * somebody hears of it. One transaction of about forty statements, however many tests; a project's
 * runs come one after the other, because each is compared with those before. Wait for your turn at
 * {@link IntakeGate} before: a run that waits here holds a connection.
 */
@ApplicationScoped
public class TestRunStorage {

  private final TestRuns runs;
  private final RedTests reds;
  private final FailedTests failedTests;
  private final CandidateTests candidates;
  private final RunFindings findings;
  private final RunTelling telling;
  private final PatternConfig patterns;
  private final Clock clock;

  @Inject
  public TestRunStorage(
      TestRuns runs,
      RedTests reds,
      FailedTests failedTests,
      CandidateTests candidates,
      RunFindings findings,
      RunTelling telling,
      PatternConfig patterns,
      Clock clock) {
    this.runs = runs;
    this.reds = reds;
    this.failedTests = failedTests;
    this.candidates = candidates;
    this.findings = findings;
    this.telling = telling;
    this.patterns = patterns;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestRunStorage() {
    this(null, null, null, null, null, null, null, null);
  }

  /** The same id (or key) with the same content may be stored any number of times. */
  @Transactional
  public TestRunOutcome store(ProjectId project, PreparedRun prepared) {
    NewTestRun run = prepared.run();
    TestRunId id = run.id() == null ? TestRunId.mint() : run.id();
    runs.lock(project);
    Optional<TestRuns.Known> known = runs.known(project, id, run.idempotencyKey());
    if (known.isPresent()) {
      return again(known.get(), run, prepared.contentHash());
    }
    List<ChangedFile> changed = prepared.changed();
    Instant now = clock.instant();
    String base = runs.baseBranch(project, run);
    runs.add(project, id, run, base, prepared.contentHash(), now);
    runs.addFiles(project, id, changed, now);
    RunAnswer answer = compare(project, id, run, base, changed, now);
    runs.answered(project, answer);
    telling.begin(project, id, run);
    return new TestRunOutcome.Stored(answer);
  }

  private static TestRunOutcome again(TestRuns.Known known, NewTestRun submitted, String hash) {
    boolean isSame =
        known.contentHash().equals(hash)
            && (submitted.id() == null || submitted.id().equals(known.id()));
    return isSame && known.answer() != null
        ? new TestRunOutcome.Repeated(known.answer())
        : new TestRunOutcome.OtherContent();
  }

  private RunAnswer compare(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      List<ChangedFile> changed,
      Instant now) {
    List<RedTest> red =
        reds.of(project, id, run, base, changed.stream().map(ChangedFile::path).toList(), now);
    if (red.isEmpty()) {
      return RunAnswer.green(id);
    }
    List<RecommendedTest> recommended =
        TestRecommendations.recommend(
            candidates.evidence(project, id, changed, red, RunFindings.mostSimilar(red), now));
    candidates.recommended(project, id, recommended);
    List<RunAnswer.ProductionIssue> issues = findings.issues(project, red);
    RunCase found = findings.of(project, id, run, base, changed, red, issues, recommended);
    failedTests.add(project, id, red);
    String story = RunStory.tell(found);
    runs.analysed(project, id, story, "heuristic", telling.analysisStatus(run), now);
    return Answers.of(id, red, recommended, issues, story, patterns.similarityThreshold());
  }
}
