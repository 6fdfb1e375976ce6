package dev.retrospec.inspection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.Why;
import dev.retrospec.snapshots.SnapshotView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test run with everything its page shows.
 *
 * @param before the run of the same branch before this one; null when there is none
 * @param failures those that the base branch does not have first
 * @param hasMoreFailures whether the page's limit cut the list
 * @param diff of the change, as far as it is stored; the list of files is whole
 * @param tests what was filtered of all results, the red ones first
 * @param hasMoreTests whether the page's limit cut them
 */
public record RunPageView(
    RunLine run,
    Account account,
    @Nullable RunLine before,
    List<Failure> failures,
    boolean hasMoreFailures,
    List<SnapshotView> snapshots,
    List<Recommended> recommended,
    List<Message> messages,
    List<ChangedFile> changedFiles,
    RunDiff diff,
    List<TestLine> tests,
    boolean hasMoreTests) {

  public RunPageView {
    failures = List.copyOf(failures);
    snapshots = List.copyOf(snapshots);
    recommended = List.copyOf(recommended);
    messages = List.copyOf(messages);
    changedFiles = List.copyOf(changedFiles);
    tests = List.copyOf(tests);
  }

  /** How many of the failures the base branch does not have. */
  public long newFailures() {
    return failures.stream().filter(failure -> failure.test().isNew()).count();
  }

  /**
   * What was told of the run, and made of it.
   *
   * @param analysis what probably happened, in words; null before that, and when nothing failed
   * @param analysisStatus {@code none}, {@code pending}, {@code ready} or {@code failed}
   * @param analysedBy {@code heuristic}, or the name of a model
   * @param runUrl where the CI shows it
   * @param onlyFailures whether the job named failures only
   * @param screenshot like the three below, where the job itself keeps it
   */
  public record Account(
      @Nullable String analysis,
      String analysisStatus,
      @Nullable String analysedBy,
      @Nullable String runUrl,
      boolean onlyFailures,
      @Nullable String screenshot,
      @Nullable String htmlDump,
      @Nullable String har,
      @Nullable String consoleLogs) {}

  /**
   * A test that failed, with all that explains it.
   *
   * @param similar the most similar first
   */
  public record Failure(FailedTest test, TestHistory history, List<Similar> similar) {

    public Failure {
      similar = List.copyOf(similar);
    }
  }

  /**
   * What failed.
   *
   * @param output the end of what the test printed
   * @param isFlaky whether it passed in another try on the same commit
   * @param flakyScore 0 to 1: of its red runs so far, which share was flaky
   * @param isNewOnBranch null while nothing is known of the base branch
   * @param firstBadCommit where it began to fail without a green run since; null when unknown
   * @param decision what people said of its pattern; null while nobody did
   * @param occurrenceCount how often its pattern was seen, this time included
   */
  public record FailedTest(
      long id,
      String testName,
      long testCaseId,
      @Nullable String suite,
      @Nullable String file,
      @Nullable String errorType,
      String errorMessage,
      @Nullable String stackTrace,
      @Nullable String output,
      List<Attachment> attachments,
      boolean isFlaky,
      double flakyScore,
      @Nullable Boolean isNewOnBranch,
      @Nullable TestRunId firstBadRun,
      @Nullable String firstBadCommit,
      @Nullable String firstBadAuthor,
      @Nullable Instant firstBadAt,
      @Nullable String lastGoodCommit,
      @Nullable PatternId patternId,
      @Nullable Boolean patternIsNew,
      @Nullable String decision,
      @Nullable Integer occurrenceCount) {

    public FailedTest {
      attachments = List.copyOf(attachments);
    }

    public boolean isNew() {
      return Boolean.TRUE.equals(isNewOnBranch);
    }
  }

  /** Something that the build kept beside the test: a trace, a video. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Attachment(String name, String path) {}

  /**
   * A failure that was seen before, in CI or, where an issue is linked, in production, too.
   *
   * @param similarity 0 to 1
   * @param issueUsers how many people ran into the issue; null when there is none
   */
  public record Similar(
      long failedTestId,
      PatternId patternId,
      double similarity,
      @Nullable Why why,
      String summary,
      int occurrenceCount,
      Instant firstSeen,
      Instant lastSeen,
      @Nullable String decision,
      @Nullable String note,
      @Nullable ClusterKey issue,
      @Nullable String issueSymptom,
      @Nullable Integer issueUsers,
      @Nullable Integer issueSessions) {}

  /**
   * A test worth running.
   *
   * @param confidence 0 to 1
   */
  public record Recommended(
      String testName, String reason, double confidence, long testCaseId, @Nullable String file) {}

  /**
   * Who was told of the run, and whether it arrived.
   *
   * @param address where it can be seen
   */
  public record Message(
      String channel,
      String status,
      @Nullable String errorMessage,
      int attempts,
      @Nullable String address,
      Instant createdAt,
      @Nullable Instant sentAt) {}

  /** A file that the change of this run touches. */
  public record ChangedFile(String path, String change, int addedLines, int deletedLines) {}

  /** A result of the run. */
  public record TestLine(
      long testCaseId,
      String suite,
      String name,
      String status,
      @Nullable Long durationMs,
      int attempts) {}
}
