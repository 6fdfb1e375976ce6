package dev.retrospec.testruns;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a test, or one try of it, ended. */
public enum ResultStatus {
  PASSED,
  /** An assertion did not hold. */
  FAILED,
  /** It ended in another way than by an assertion. */
  ERROR,
  SKIPPED,
  /** Of a test with several tries: red first, green in the end. */
  FLAKY;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this try went wrong. */
  public boolean isRed() {
    return this == FAILED || this == ERROR;
  }
}
