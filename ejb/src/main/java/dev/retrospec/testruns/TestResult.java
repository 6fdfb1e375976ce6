package dev.retrospec.testruns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test of a run, with all of its tries.
 *
 * @param name the whole name, with class or suite; what the catalogue knows it by
 * @param suite class, file or describe block; may be blank
 * @param file the test's own file as the report has it
 * @param attempts in the order they were made; at least one
 * @param attachments what the test left behind
 * @param output the end of what it printed
 */
public record TestResult(
    String name,
    String suite,
    @Nullable String file,
    List<Attempt> attempts,
    List<Attachment> attachments,
    @Nullable String output) {

  /**
   * One try.
   *
   * @param failure given when it is red
   */
  public record Attempt(ResultStatus status, @Nullable Long durationMs, @Nullable Failure failure) {

    public static Attempt red(ResultStatus status, @Nullable Long durationMs, Failure failure) {
      return new Attempt(status, durationMs, failure);
    }

    public static Attempt of(ResultStatus status, @Nullable Long durationMs) {
      return new Attempt(status, durationMs, null);
    }
  }

  /**
   * What a red test says.
   *
   * @param type such as {@code java.lang.AssertionError}, where the report tells it
   */
  public record Failure(@Nullable String type, String message, @Nullable String stack) {}

  /**
   * A file that the test left behind.
   *
   * @param path as the report has it; in the CI's own artifacts
   */
  public record Attachment(String name, String path) {}

  public TestResult {
    attempts = List.copyOf(attempts);
    attachments = List.copyOf(attachments);
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("a result needs an attempt");
    }
  }

  /** A test of which only the failure is known. */
  public static TestResult failed(String name, Failure failure) {
    return new TestResult(
        name, "", null, List.of(Attempt.red(ResultStatus.FAILED, null, failure)), List.of(), null);
  }

  /** The verdict over all tries: green in the end after red is flaky. */
  public ResultStatus status() {
    ResultStatus last = attempts.get(attempts.size() - 1).status();
    return last == ResultStatus.PASSED && redFailure() != null ? ResultStatus.FLAKY : last;
  }

  /** What the last red try said; null when there was none. */
  public @Nullable Failure redFailure() {
    Failure found = null;
    for (Attempt attempt : attempts) {
      if (attempt.status().isRed() && attempt.failure() != null) {
        found = attempt.failure();
      }
    }
    return found;
  }

  /** Of all tries together; null when no try tells. */
  public @Nullable Long durationMs() {
    Long sum = null;
    for (Attempt attempt : attempts) {
      if (attempt.durationMs() != null) {
        sum = (sum == null ? 0 : sum) + attempt.durationMs();
      }
    }
    return sum;
  }
}
