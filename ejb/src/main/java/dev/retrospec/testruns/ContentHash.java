package dev.retrospec.testruns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells whether two submissions say the same. */
final class ContentHash {

  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Of all that was submitted, except for its id and key. */
  static String of(NewTestRun run) {
    ContentHash hash = new ContentHash();
    hash.add(run.source(), run.repository(), run.commitHash(), run.branch(), run.job());
    hash.add(run.baseBranch(), run.author(), run.status(), run.prNumber(), run.gitDiff());
    hash.add(run.snapshotUrls(), run.runUrl(), run.durationMs());
    for (TestResult result : run.results()) {
      hash.add(result.name(), result.suite(), result.file(), result.output(), result.attachments());
      for (TestResult.Attempt attempt : result.attempts()) {
        hash.add(attempt.status(), attempt.durationMs());
        if (attempt.failure() != null) {
          hash.add(
              attempt.failure().type(), attempt.failure().message(), attempt.failure().stack());
        }
      }
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(@Nullable Object... values) {
    for (Object value : values) {
      if (value != null) {
        digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) (value == null ? 0 : 1));
    }
  }
}
