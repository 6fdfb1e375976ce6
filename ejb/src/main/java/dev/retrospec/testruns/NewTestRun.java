package dev.retrospec.testruns;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was submitted. Texts are bounded and scrubbed when it is stored.
 *
 * @param id minted when null; the same id with the same content again is harmless
 * @param idempotencyKey the same for clients that have a key instead
 * @param repository {@code owner/name}; blank when not told
 * @param job which of the CI's jobs (a line of a matrix); only runs of the same one are compared;
 *     blank when there is one only
 * @param baseBranch what the branch is compared with; null: {@code main} or {@code master},
 *     whichever has runs
 * @param runUrl where the CI shows the run
 * @param quiet nobody is told about it
 * @param results every test, or the failures only, as the source has it
 */
public record NewTestRun(
    @Nullable TestRunId id,
    @Nullable String idempotencyKey,
    RunSource source,
    String repository,
    String commitHash,
    String branch,
    String job,
    @Nullable String baseBranch,
    String author,
    RunStatus status,
    @Nullable Integer prNumber,
    @Nullable String gitDiff,
    SnapshotUrls snapshotUrls,
    @Nullable String runUrl,
    @Nullable Long durationMs,
    boolean quiet,
    List<TestResult> results) {

  /** Longer than any honest suite; a report beyond it is refused, not cut. */
  public static final int MAX_RESULTS = 200_000;

  private static final int MAX_NAME = 255; // Git's own limit for a reference on most file systems
  private static final int MAX_KEY = 200;
  private static final int MAX_URL = 2_000;
  private static final Pattern COMMIT = Pattern.compile("[0-9A-Za-z._/-]{1,64}");

  public NewTestRun {
    results = List.copyOf(results);
    idempotencyKey = blankAsNull("Idempotency-Key", idempotencyKey, MAX_KEY);
    repository = optional("repository", repository, MAX_NAME);
    commitHash = required("commitHash", commitHash, MAX_NAME);
    branch = required("branch", branch, MAX_NAME);
    job = optional("job", job, MAX_NAME);
    baseBranch = blankAsNull("baseBranch", baseBranch, MAX_NAME);
    author = required("author", author, MAX_NAME);
    runUrl = blankAsNull("runUrl", runUrl, MAX_URL);
    gitDiff = gitDiff == null || gitDiff.isBlank() ? null : gitDiff;
    if (!COMMIT.matcher(commitHash).matches()) {
      throw new InvalidRequest("commitHash must be 1 to 64 letters and digits");
    }
    if (runUrl != null && !runUrl.matches("https?://\\S+")) {
      throw new InvalidRequest("runUrl must begin with http:// or https://");
    }
    if (prNumber != null && prNumber < 1) {
      throw new InvalidRequest("prNumber must be a positive number");
    }
    if (durationMs != null && durationMs < 0) {
      throw new InvalidRequest("durationMs must not be negative");
    }
    if (results.size() > MAX_RESULTS) {
      throw new InvalidRequest("a run may hold " + MAX_RESULTS + " tests; submit it in parts");
    }
  }

  /**
   * Whether every test that is not listed has passed. A red run without a single red test ended
   * before its tests did, and says nothing about them.
   */
  public boolean saysTheRestPassed() {
    return source.namesFailuresOnly() && (status == RunStatus.PASSED || !results.isEmpty());
  }

  private static String required(String field, String value, int max) {
    String stripped = optional(field, value, max);
    if (stripped.isEmpty()) {
      throw new InvalidRequest(field + " is required");
    }
    return stripped;
  }

  private static String optional(String field, String value, int max) {
    String stripped = value.strip();
    if (stripped.length() > max) {
      throw new InvalidRequest(field + " must be at most " + max + " characters");
    }
    return stripped;
  }

  private static @Nullable String blankAsNull(String field, @Nullable String value, int max) {
    return value == null || value.isBlank() ? null : optional(field, value, max);
  }
}
