package dev.retrospec.testruns;

import dev.retrospec.artifacts.ArtifactTokensConfig;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.notifications.MessageDesk;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.patterns.EmbeddingRequests;
import dev.retrospec.patterns.PatternConfig;
import dev.retrospec.patterns.PatternLinks;
import dev.retrospec.patterns.PatternMemory;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.Patterns;
import dev.retrospec.patterns.WordCounts;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.store.SignatureStore;
import dev.retrospec.signatures.store.StoredSignatures;
import dev.retrospec.signatures.store.TermCounts;
import dev.retrospec.snapshots.SnapshotConfig;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.Snapshots;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.testruns.TestResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The use cases of this package on the tests' database, for a project of its own. */
public final class RunDesk {

  public final TestDatabase database = TestDatabase.get();
  public final MessageDesk messages;
  public final SettableClock clock;
  public final ProjectId project;
  public final TestRunStorage storage;
  public final TestRunQueries queries;
  public final RunTelling telling;
  public final TestRunData data;

  public RunDesk(String... settings) {
    this(RunAnalysisConfig.HEURISTIC, settings);
  }

  public RunDesk(RunAnalysisConfig analysis, String... settings) {
    messages = new MessageDesk(settings);
    clock = messages.clock;
    project = messages.project;
    Jdbi jdbi = database.jdbi();
    Patterns patterns = new Patterns(jdbi);
    PatternLinks links = new PatternLinks(jdbi);
    PatternMemory memory =
        new PatternMemory(
            patterns,
            links,
            new WordCounts(jdbi),
            new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi)),
            EmbeddingRequests.off(),
            PatternConfig.DEFAULT,
            clock);
    PatternQueries patternQueries = new PatternQueries(jdbi, links, clock);
    IssueQueries issues = new IssueQueries(jdbi, new ClusterDecisions(jdbi), clock);
    TestRuns runs = new TestRuns(jdbi);
    queries = new TestRunQueries(jdbi);
    telling =
        new RunTelling(
            runs,
            queries,
            patternQueries,
            issues,
            new Snapshots(jdbi),
            new SnapshotLinks(
                new ArtifactTokensConfig(new byte[32], Duration.ofMinutes(5)),
                SnapshotConfig.from(Settings.of(name -> Optional.empty())),
                clock),
            messages.messages,
            messages.outbox.queue,
            analysis,
            clock);
    messages.outbox.givenUp.observedBy(telling::givenUp);
    storage =
        new TestRunStorage(
            runs,
            new RedTests(new TestCases(jdbi), new FailingTests(jdbi), memory),
            new FailedTests(jdbi),
            new CandidateTests(jdbi),
            new RunFindings(patternQueries, issues, new PastFixes(jdbi)),
            telling,
            PatternConfig.DEFAULT,
            clock);
    data = new TestRunData(jdbi, RunsConfig.DEFAULT, clock);
  }

  public TestRunOutcome accept(NewTestRun run) {
    return accept(project, run);
  }

  public TestRunOutcome accept(ProjectId project, NewTestRun run) {
    PreparedRun prepared = PreparedRun.of(run);
    return database.inTransaction(() -> storage.store(project, prepared));
  }

  /** A run that is stored now; each a minute after the one before. */
  public RunAnswer stored(Submission run) {
    clock.pass(Duration.ofMinutes(1));
    TestRunOutcome outcome = accept(run.build());
    if (outcome instanceof TestRunOutcome.Stored stored) {
      return stored.answer();
    }
    throw new AssertionError("not stored: " + outcome);
  }

  public TestRunView find(TestRunId id) {
    return queries.find(project, id).orElseThrow();
  }

  public static Submission run(String commit) {
    return new Submission(commit);
  }

  /** A run in the making. */
  public static final class Submission {

    private final String commit;
    private @Nullable TestRunId id;
    private @Nullable String key;
    private RunSource source = RunSource.API;
    private String branch = "main";
    private String job = "";
    private @Nullable String diff;
    private boolean quiet;
    private boolean broken;
    private final List<TestResult> results = new ArrayList<>();

    private Submission(String commit) {
      this.commit = commit;
    }

    public Submission id(TestRunId given) {
      id = given;
      return this;
    }

    public Submission key(String given) {
      key = given;
      return this;
    }

    public Submission on(String name) {
      branch = name;
      return this;
    }

    public Submission job(String name) {
      job = name;
      return this;
    }

    /** It ended before its tests did. */
    public Submission broken() {
      broken = true;
      return this;
    }

    public Submission quietly() {
      quiet = true;
      return this;
    }

    public Submission changing(String... paths) {
      StringBuilder text = new StringBuilder();
      for (String path : paths) {
        text.append("diff --git a/%1$s b/%1$s\n--- a/%1$s\n+++ b/%1$s\n".formatted(path))
            .append("@@ -1,1 +1,1 @@\n-old\n+new\n");
      }
      diff = text.toString();
      return this;
    }

    public Submission diff(String text) {
      diff = text;
      return this;
    }

    public Submission failing(String test, Failure failure) {
      results.add(TestResult.failed(test, failure));
      return this;
    }

    /** From here on every test is named, as JUnit does. */
    public Submission junit() {
      source = RunSource.JUNIT;
      return this;
    }

    public Submission test(String name, ResultStatus... tries) {
      results.add(
          new TestResult(
              name,
              "",
              null,
              Arrays.stream(tries)
                  .map(
                      status ->
                          new TestResult.Attempt(
                              status, 100L, status.isRed() ? refused(8080) : null))
                  .toList(),
              List.of(),
              null));
      return this;
    }

    public NewTestRun build() {
      boolean red = results.stream().anyMatch(result -> result.status().isRed());
      return new NewTestRun(
          id,
          key,
          source,
          "shop/web",
          commit,
          branch,
          job,
          null,
          "ada@example.test",
          red || broken ? RunStatus.FAILED : RunStatus.PASSED,
          null,
          diff,
          SnapshotUrls.NONE,
          null,
          null,
          quiet,
          results);
    }
  }

  /** The back end is away. */
  public static Failure refused(int port) {
    return reported(CiMemory.refused(port));
  }

  /** Something else altogether. */
  public static Failure nullTotal() {
    return reported(CiMemory.nullTotal());
  }

  private static Failure reported(FailureText text) {
    return new Failure(text.type(), text.message(), text.stack());
  }
}
