package dev.retrospec.testruns;

import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.UnifiedDiff;
import java.util.List;

/**
 * A run as it may be stored, and what is read from it as it came. Takes seconds for a large one,
 * and no connection.
 *
 * @param run bounded and scrubbed
 * @param contentHash of what was submitted
 * @param changed by the whole diff
 */
public record PreparedRun(NewTestRun run, String contentHash, List<ChangedFile> changed) {

  public static PreparedRun of(NewTestRun submitted) {
    return new PreparedRun(
        ScrubbedRun.of(submitted),
        ContentHash.of(submitted),
        submitted.gitDiff() == null ? List.of() : UnifiedDiff.parse(submitted.gitDiff()));
  }
}
