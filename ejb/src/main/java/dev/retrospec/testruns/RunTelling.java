package dev.retrospec.testruns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.notifications.RunMessages;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.snapshots.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a run is told: at once when rules have written its analysis, after the model's
 * answer when there is a model, and also when that never comes.
 */
@ApplicationScoped
public class RunTelling {

  private static final int MAX_FAILED = 100;

  /** Each is looked up; a run that fails in more ways than these is told anyway. */
  private static final int MAX_PATTERNS = 20;

  private final TestRuns runs;
  private final TestRunQueries queries;
  private final PatternQueries patterns;
  private final IssueQueries issues;
  private final Snapshots snapshots;
  private final SnapshotLinks links;
  private final RunMessages messages;
  private final JobQueue jobs;
  private final RunAnalysisConfig config;
  private final Clock clock;

  @Inject
  public RunTelling(
      TestRuns runs,
      TestRunQueries queries,
      PatternQueries patterns,
      IssueQueries issues,
      Snapshots snapshots,
      SnapshotLinks links,
      RunMessages messages,
      JobQueue jobs,
      RunAnalysisConfig config,
      Clock clock) {
    this.runs = runs;
    this.queries = queries;
    this.patterns = patterns;
    this.issues = issues;
    this.snapshots = snapshots;
    this.links = links;
    this.messages = messages;
    this.jobs = jobs;
    this.config = config;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunTelling() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  /** What a fresh analysis by rules is called: the last word, or one until a model has spoken. */
  String analysisStatus(NewTestRun run) {
    return asksModel(run) ? "pending" : "ready";
  }

  /** Needs the transaction in which the run was stored. */
  void begin(ProjectId project, TestRunId id, NewTestRun run) {
    if (asksModel(run)) {
      jobs.enqueue(
          NewJob.about(JobKind.RUN_ANALYSIS, project, id.value(), "{}", List.of(id.value())));
    } else if (!run.quiet()) {
      tell(project, id);
    }
  }

  private boolean asksModel(NewTestRun run) {
    return config.model() != null
        && !run.quiet()
        && run.status() == RunStatus.FAILED
        && !run.results().isEmpty();
  }

  /** A model has analysed the run. */
  @Transactional
  public void analysed(ProjectId project, TestRunId id, String text, String model) {
    runs.analysed(project, id, text, model, "ready", clock.instant());
    tell(project, id);
  }

  /** No model's answer will come: the rules' words stand. */
  public void givenUp(@Observes JobGivenUp event) {
    if (event.job().kind() == JobKind.RUN_ANALYSIS) {
      TestRunId id = new TestRunId(event.job().subject());
      runs.analysisFailed(event.job().projectId(), id);
      tell(event.job().projectId(), id);
    }
  }

  private void tell(ProjectId project, TestRunId id) {
    queries.find(project, id).map(this::report).ifPresent(it -> messages.request(project, it));
  }

  private RunReport report(TestRunView run) {
    Map<PatternId, Optional<String>> decisions = new HashMap<>();
    return new RunReport(
        run.id(),
        run.status() == RunStatus.FAILED ? RunReport.Outcome.FAILED : RunReport.Outcome.PASSED,
        new RunReport.Origin(
            run.commitHash(),
            run.branch(),
            run.author(),
            run.repository().isEmpty() ? null : run.repository(),
            run.prNumber(),
            run.job().isEmpty() ? null : run.job()),
        new RunReport.Figures(
            run.tests(),
            run.failed(),
            run.flaky(),
            run.skipped(),
            run.durationMs() == null ? 0 : run.durationMs()),
        run.failedTests().stream()
            .filter(test -> !test.isFlaky())
            .sorted(Comparator.comparing(test -> !Boolean.TRUE.equals(test.isNewOnBranch())))
            .limit(MAX_FAILED)
            .map(
                test ->
                    new RunReport.FailedTest(
                        test.testName(),
                        test.errorMessage(),
                        test.stackTrace(),
                        test.isNewOnBranch(),
                        decision(run.projectId(), test.patternId(), decisions)))
            .toList(),
        snapshotLinks(run),
        run.answer().similarPatterns().stream()
            .map(similar -> similar(run.projectId(), similar))
            .toList(),
        run.answer().recommendedTests().stream()
            .map(
                test ->
                    new RunReport.RecommendedTest(
                        test.testName(), test.reason(), test.confidenceScore()))
            .toList(),
        run.analysis(),
        run.gitDiff(),
        null);
  }

  private RunReport.SimilarPattern similar(ProjectId project, RunAnswer.SimilarPattern similar) {
    return new RunReport.SimilarPattern(
        similar.patternId(),
        similar.similarity(),
        similar.summary(),
        similar.occurrenceCount(),
        similar.lastSeen(),
        decision(project, similar.patternId()),
        Optional.ofNullable(similar.productionIssue())
            .flatMap(key -> issues.find(project, key))
            .map(
                issue ->
                    new RunReport.ProductionIssue(
                        issue.key(), issue.symptom(), issue.userCount(), issue.sessionCount()))
            .orElse(null));
  }

  /** Of a failure in the run; what is beyond the first patterns is taken for undecided. */
  private @Nullable String decision(
      ProjectId project, @Nullable PatternId pattern, Map<PatternId, Optional<String>> known) {
    if (pattern == null || (known.size() == MAX_PATTERNS && !known.containsKey(pattern))) {
      return null;
    }
    return known
        .computeIfAbsent(pattern, id -> Optional.ofNullable(decision(project, id)))
        .orElse(null);
  }

  private @Nullable String decision(ProjectId project, PatternId pattern) {
    return patterns
        .find(project, pattern)
        .flatMap(found -> Optional.ofNullable(found.decision()))
        .map(decision -> decision.wireName())
        .orElse(null);
  }

  /** The submitter's own, else those of the newest snapshot that was taken for the run. */
  private RunReport.SnapshotLinks snapshotLinks(TestRunView run) {
    SnapshotUrls given = run.snapshotUrls();
    if (!given.equals(SnapshotUrls.NONE)) {
      return new RunReport.SnapshotLinks(
          given.screenshot(), given.htmlDump(), given.har(), given.consoleLogs());
    }
    return snapshots.ofRun(run.projectId(), run.id()).stream()
        .filter(SnapshotView::isReady)
        .reduce((older, newer) -> newer)
        .map(links::of)
        .map(
            taken ->
                new RunReport.SnapshotLinks(
                    taken.screenshot(), taken.htmlDump(), taken.har(), taken.consoleLogs()))
        .orElse(RunReport.SnapshotLinks.NONE);
  }
}
