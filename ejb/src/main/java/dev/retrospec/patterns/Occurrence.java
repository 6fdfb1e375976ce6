package dev.retrospec.patterns;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.text.PlainText;
import java.time.Instant;
import java.util.List;

/**
 * A test that failed in a run.
 *
 * @param testName tells the test within the project; a run has it once
 * @param failure as it was reported; personal data and secrets in it are not kept
 * @param author may be empty
 * @param changedFiles by the commit or pull request, as far as known
 * @param at when it was seen
 */
public record Occurrence(
    TestRunId run,
    String testName,
    FailureText failure,
    String commit,
    String branch,
    String author,
    List<String> changedFiles,
    Instant at) {

  /** A name is part of a key in an index, which holds 2.7 KB. */
  public static final int MAX_TEST_NAME_LENGTH = 500;

  private static final int MAX_LABEL_LENGTH = 300;

  public Occurrence {
    testName = PlainText.cut(testName, MAX_TEST_NAME_LENGTH);
    commit = PlainText.cut(commit, MAX_LABEL_LENGTH);
    branch = PlainText.cut(branch, MAX_LABEL_LENGTH);
    author = PlainText.cut(author, MAX_LABEL_LENGTH);
    changedFiles = List.copyOf(changedFiles);
  }
}
