package dev.retrospec.workers.messages.github;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** GitHub did not do what it was asked for, or did not answer in time. */
public final class GitHubFailure extends Failure {

  private static final long serialVersionUID = 1L;

  private final int status;

  private GitHubFailure(int status, String message, Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
    this.status = status;
  }

  static GitHubFailure refused(int status, String message) {
    return new GitHubFailure(status, "GitHub answered " + status + ": " + message, null);
  }

  static GitHubFailure unreachable(Throwable cause) {
    return new GitHubFailure(0, "GitHub cannot be reached", cause);
  }

  /** 0 when no answer came. */
  public int status() {
    return status;
  }

  /** It is not there any more, or not ours to change. */
  boolean isGone() {
    // too many requests are also a 403, and pass
    boolean isNotOurs = status == 403 && !String.valueOf(getMessage()).contains("rate limit");
    return isNotOurs || status == 404 || status == 410;
  }
}
