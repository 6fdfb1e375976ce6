package dev.retrospec.signatures.stacks;

import java.util.Locale;

/**
 * One call of a stack, without what changes with line, machine, release and build.
 *
 * @param function last names of the function, such as {@code RetryPolicy.delay} or {@code
 *     showTotal}; {@code ?} where the runtime tells none
 * @param file where it stands, with at most two folders before it ({@code jobs/RetryPolicy.java});
 *     empty where the runtime tells none
 * @param inApp whether it is code of the tested site, and not of a library, a runtime or a runner
 */
public record Frame(String function, String file, boolean inApp) {

  static final String NO_NAME = "?";

  /** Whether the runtime names the function. */
  public boolean hasName() {
    return !function.equals(NO_NAME);
  }

  /**
   * What makes two frames the same call: the function and the file's name. Folders do not count,
   * because a runner tells them relative or absolute as it likes.
   */
  public String token() {
    return function + "@" + file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
