package dev.retrospec.notifications;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.Figures;
import dev.retrospec.notifications.RunReport.Origin;
import dev.retrospec.notifications.RunReport.Outcome;
import dev.retrospec.notifications.RunReport.ProductionIssue;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.notifications.RunReport.SnapshotLinks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports of the run in the requirements' example, changed as a test needs it. */
public final class RunReports {

  public static final PatternId PATTERN = new PatternId("4ea3a1f0-33c1-4b8e-9d0e-3f6f1c1f2a10");

  private TestRunId run = TestRunId.mint();
  private Outcome outcome = Outcome.FAILED;
  private String commit = "abc123def456";
  private String author = "john@example.com";
  private String branch = "feature/new-ui";
  private @Nullable String repository = "acme/shop";
  private @Nullable Integer prNumber = 123;
  private @Nullable String job;
  private boolean namesTests = true;
  private @Nullable String analysis = "The client calls `/api/auth` before the server listens.";
  private @Nullable String gitDiff =
      "diff --git a/src/api.ts b/src/api.ts\n+const url = '/api/auth';";
  private final List<FailedTest> failed = new ArrayList<>();
  private List<SimilarPattern> similar =
      List.of(
          new SimilarPattern(
              PATTERN,
              0.923,
              "API connection failure in auth module",
              5,
              Instant.parse("2026-02-20T09:00:00Z"),
              null,
              new ProductionIssue(new ClusterKey("v1-3f0c"), "POST /api/auth 502", 143, 150)));

  public static RunReports aReport() {
    return new RunReports();
  }

  public RunReports of(TestRunId id) {
    run = id;
    return this;
  }

  public RunReports at(String commitHash) {
    commit = commitHash;
    return this;
  }

  public RunReports passed() {
    outcome = Outcome.PASSED;
    return this;
  }

  /** It ended before its tests did. */
  public RunReports broken() {
    namesTests = false;
    return this;
  }

  public RunReports by(String who) {
    author = who;
    return this;
  }

  public RunReports on(String branchName) {
    branch = branchName;
    return this;
  }

  public RunReports in(@Nullable String repositoryName, @Nullable Integer number) {
    repository = repositoryName;
    prNumber = number;
    return this;
  }

  public RunReports job(String name) {
    job = name;
    return this;
  }

  public RunReports analysed(@Nullable String text) {
    analysis = text;
    return this;
  }

  public RunReports changing(@Nullable String diff) {
    gitDiff = diff;
    return this;
  }

  public RunReports failing(String test, String error, @Nullable String stack) {
    failed.add(new FailedTest(test, error, stack, true, null));
    return this;
  }

  public RunReports failingAs(String decision) {
    failed.add(new FailedTest("test_" + decision, "Connection refused", null, false, decision));
    return this;
  }

  public RunReports like(SimilarPattern... patterns) {
    similar = List.of(patterns);
    return this;
  }

  public RunReport make() {
    boolean isFailed = outcome == Outcome.FAILED;
    if (isFailed && namesTests && failed.isEmpty()) {
      failing("test_api_integration", "Connection refused", "Traceback (most recent call last):");
    }
    return new RunReport(
        run,
        outcome,
        new Origin(commit, branch, author, repository, prNumber, job),
        new Figures(120, failed.size(), 1, 2, 65_400),
        failed,
        isFailed
            ? new SnapshotLinks(
                "https://ci.test/screenshot.png",
                "https://ci.test/page.html",
                "https://ci.test/network.har",
                "https://ci.test/console.log")
            : SnapshotLinks.NONE,
        isFailed ? similar : List.of(),
        isFailed
            ? List.of(
                new RecommendedTest("test_api_auth", "Similar failure pattern (92% match)", 0.85),
                new RecommendedTest(
                    "test_auth_integration", "Related to changed file: src/auth/login.ts", 0.6))
            : List.of(),
        analysis,
        gitDiff,
        null);
  }
}
