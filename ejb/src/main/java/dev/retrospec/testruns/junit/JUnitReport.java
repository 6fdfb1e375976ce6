package dev.retrospec.testruns.junit;

import dev.retrospec.testruns.ResultStatus;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import java.util.List;

/**
 * What one or several files say.
 *
 * @param results each test once, in the order of the report
 * @param durationMs the sum over the tests
 */
public record JUnitReport(List<TestResult> results, long durationMs) {

  public JUnitReport {
    results = List.copyOf(results);
  }

  /** Red when a test is red in the end. */
  public RunStatus status() {
    return results.stream().map(TestResult::status).anyMatch(ResultStatus::isRed)
        ? RunStatus.FAILED
        : RunStatus.PASSED;
  }
}
