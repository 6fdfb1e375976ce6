package dev.retrospec.testruns;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The way by which a run came. */
public enum RunSource {
  /** {@code POST /test-runs}: names failures only. */
  API,
  /** {@code POST /api/v1/report}: names failures only. */
  REPORT,
  /** JUnit XML: names every test. */
  JUNIT;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a test that is not named has passed. */
  public boolean namesFailuresOnly() {
    return this != JUNIT;
  }
}
