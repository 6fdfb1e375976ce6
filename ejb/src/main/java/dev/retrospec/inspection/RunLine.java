package dev.retrospec.inspection;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A test run in one line.
 *
 * @param repository as {@code owner/name} or as an address, as the build told it; blank when it did
 *     not
 * @param status {@code passed} or {@code failed}
 * @param tests that were reported one by one; 0 when a build tells only what failed
 */
public record RunLine(
    TestRunId id,
    String repository,
    String commitHash,
    String branch,
    @Nullable String baseBranch,
    String author,
    String status,
    @Nullable Integer prNumber,
    String source,
    @Nullable Long durationMs,
    int tests,
    int failed,
    int flaky,
    int skipped,
    Instant createdAt) {

  private static final int SHORT_COMMIT = 9;
  private static final String GITHUB = "https://github.com/";
  private static final Pattern OWNER_AND_NAME = Pattern.compile("[\\w.-]+/[\\w.-]+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

  public boolean hasPassed() {
    return status.equals("passed");
  }

  /** Tests that passed at the first attempt. */
  public int passed() {
    return Math.max(0, tests - failed - flaky - skipped);
  }

  /** Of so many tests, in percent of all; 0 when none was reported. */
  public double percentOf(int some) {
    return tests == 0 ? 0 : 100.0 * some / tests;
  }

  public String shortCommit() {
    return shortOf(commitHash);
  }

  static String shortOf(String commit) {
    return commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
  }

  /** Null when there is no pull request, or it is not known where. */
  public @Nullable String pullRequestUrl() {
    String home = home();
    return home == null || prNumber == null ? null : home + "/pull/" + prNumber;
  }

  public @Nullable String commitUrl() {
    String home = home();
    return home == null || !COMMIT.matcher(commitHash).matches()
        ? null
        : home + "/commit/" + commitHash;
  }

  /** Only GitHub, because a guess for others would be a link to nowhere. */
  private @Nullable String home() {
    String name =
        repository.startsWith(GITHUB) ? repository.substring(GITHUB.length()) : repository;
    name = name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    return OWNER_AND_NAME.matcher(name).matches() ? GITHUB + name : null;
  }
}
