package dev.retrospec.testruns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.RecommendedTest;
import dev.retrospec.testruns.analysis.RunCase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what is known about the failures of a run, for whoever tells it in words. */
@ApplicationScoped
public class RunFindings {

  /** As many past failures as anybody reads of; each costs a look-up or two. */
  private static final int MAX_PAST = 5;

  private static final int MAX_ISSUES = 10;

  private final PatternQueries patterns;
  private final IssueQueries issues;
  private final PastFixes fixes;

  @Inject
  public RunFindings(PatternQueries patterns, IssueQueries issues, PastFixes fixes) {
    this.patterns = patterns;
    this.issues = issues;
    this.fixes = fixes;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunFindings() {
    this(null, null, null);
  }

  RunCase of(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      List<ChangedFile> changed,
      List<RedTest> reds,
      List<RunAnswer.ProductionIssue> inProduction,
      List<RecommendedTest> recommended) {
    List<SimilarPattern> similar = mostSimilar(reds).stream().limit(MAX_PAST).toList();
    Map<PatternId, RunCase.Fix> fixed =
        fixes.of(project, id, similar.stream().map(SimilarPattern::patternId).toList());
    return new RunCase(
        run.branch(),
        base,
        reds.stream().map(RunFindings::failure).toList(),
        changed,
        similar.stream().map(one -> past(project, one, fixed.get(one.patternId()))).toList(),
        inProduction.stream().map(RunFindings::issue).toList(),
        recommended.stream().map(RecommendedTest::testName).toList());
  }

  /** The issues of production that these failures are, the one with most users first. */
  List<RunAnswer.ProductionIssue> issues(ProjectId project, List<RedTest> reds) {
    Map<ClusterKey, List<String>> tests = new LinkedHashMap<>();
    for (RedTest red : reds) {
      for (ClusterKey issue : red.issues()) {
        if (tests.size() < MAX_ISSUES || tests.containsKey(issue)) {
          tests.computeIfAbsent(issue, key -> new ArrayList<>()).add(red.result().name());
        }
      }
    }
    return tests.entrySet().stream()
        .flatMap(
            entry ->
                issues.find(project, entry.getKey()).stream()
                    .map(
                        issue ->
                            new RunAnswer.ProductionIssue(
                                issue.key(),
                                issue.symptom(),
                                issue.userCount(),
                                issue.sessionCount(),
                                entry.getValue())))
        .sorted(Comparator.comparingInt(RunAnswer.ProductionIssue::users).reversed())
        .toList();
  }

  /** Each pattern once, with the greatest similarity that any test has with it. */
  static List<SimilarPattern> mostSimilar(Collection<RedTest> reds) {
    Map<PatternId, SimilarPattern> best = new HashMap<>();
    for (RedTest red : reds) {
      for (SimilarPattern similar : red.similar()) {
        best.merge(
            similar.patternId(),
            similar,
            (one, other) -> one.similarity() >= other.similarity() ? one : other);
      }
    }
    return best.values().stream()
        .sorted(
            Comparator.comparingDouble(SimilarPattern::similarity)
                .thenComparingInt(SimilarPattern::occurrenceCount)
                .reversed()
                .thenComparing(similar -> similar.patternId().value()))
        .toList();
  }

  private RunCase.Past past(ProjectId project, SimilarPattern similar, RunCase.@Nullable Fix fix) {
    Optional<PatternView> pattern = patterns.find(project, similar.patternId());
    return new RunCase.Past(
        similar.patternId().value(),
        similar.similarity(),
        similar.summary(),
        similar.occurrenceCount(),
        pattern.map(PatternView::decision).map(decision -> decision.wireName()).orElse(null),
        pattern.map(PatternView::note).orElse(null),
        fix);
  }

  private static RunCase.Issue issue(RunAnswer.ProductionIssue issue) {
    return new RunCase.Issue(issue.key().value(), issue.symptom(), issue.users(), issue.sessions());
  }

  private static RunCase.Failure failure(RedTest red) {
    RunAnswer.Failure told = red.told();
    return new RunCase.Failure(
        told.testName(),
        red.failure().message(),
        red.failureKey(),
        told.isNewPattern(),
        told.isFlaky(),
        told.flakyScore(),
        told.isNewOnBranch(),
        told.firstBadCommit(),
        told.lastGoodCommit(),
        red.frameFiles());
  }
}
