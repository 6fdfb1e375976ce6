package dev.retrospec.web.testruns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.RunSource;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestResult;
import dev.retrospec.web.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunBodiesTest {

  @Test
  @Timeout(10)
  void logsAreReadInLinearTime() {
    for (String piece :
        List.of("\f\n", "\u000b\n", "\n", " ", "\r", "\u2028", "Test:", "Error: \n\f")) {
      String stretch = piece.repeat(120_000 / piece.length());
      assertThat(RunBodies.ofLogs("Test: a\nError: x" + stretch + "y")).isNotEmpty();
      assertThat(RunBodies.ofLogs("x" + stretch + "y")).isNotEmpty();
    }
  }

  @Test
  void readsTheContractsExample() throws JsonProcessingException {
    NewTestRun run =
        submit(
            RunSource.API,
            """
{"commitHash":"abc123def456","branch":"feature/new-ui","author":"john@example.com",
 "status":"failed","failedTests":[{"testName":"test_api_integration",
 "errorMessage":"Connection refused","stackTrace":"Traceback..."}],
 "gitDiff":"diff --git a/src/api.ts...","prNumber":123,
 "snapshotUrls":{"screenshot":"https://s3.test/a.png","consoleLogs":"https://s3.test/b"}}
""");

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.prNumber()).isEqualTo(123);
    assertThat(run.snapshotUrls().screenshot()).isEqualTo("https://s3.test/a.png");
    assertThat(run.results())
        .extracting(TestResult::name, result -> result.redFailure().message())
        .containsExactly(tuple("test_api_integration", "Connection refused"));
  }

  @Test
  void namesEveryFieldThatIsMissing() {
    assertThatThrownBy(() -> submit(RunSource.API, "{\"branch\":\"main\"}"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Missing required fields: commitHash, author, status");
  }

  @Test
  void refusesWhatCannotBe() {
    for (String wrong :
        new String[] {
          "\"status\":\"green\"",
          "\"status\":\"failed\",\"failedTests\":[{\"errorMessage\":\"x\"}]",
          "\"status\":\"failed\",\"failedTests\":[{\"testName\":\"x\"}]",
          "\"status\":\"failed\",\"failedTests\":[null]",
          "\"status\":\"passed\",\"failedTests\":[{\"testName\":\"x\",\"errorMessage\":\"y\"}]",
          "\"status\":\"passed\",\"prNumber\":-1",
          "\"status\":\"passed\",\"runUrl\":\"javascript:alert(1)\""
        }) {
      assertThatThrownBy(
              () ->
                  submit(
                      RunSource.API,
                      "{\"commitHash\":\"c\",\"branch\":\"b\",\"author\":\"a\"," + wrong + "}"))
          .as(wrong)
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(
            () ->
                submit(
                    RunSource.API,
                    "{\"id\":\"7\",\"commitHash\":\"c\",\"branch\":\"b\",\"author\":\"a\","
                        + "\"status\":\"passed\"}"))
        .isInstanceOf(InvalidId.class);
  }

  @Test
  void readsBlocksOfLogs() throws JsonProcessingException {
    NewTestRun run =
        submit(
            RunSource.REPORT,
            """
{"commitHash":"c","branch":"b","author":"a@example.test","status":"failed",
 "failureLogs":"Test: adds\\nError: expected 3\\n    at cart.ts:1:1\\n\\nreceived 4\\n\\nTest: sums\\nError: away"}
""");

    assertThat(run.results())
        .extracting(TestResult::name, result -> result.redFailure().message())
        .containsExactly(tuple("adds", "expected 3"), tuple("sums", "away"));
    assertThat(run.results().get(0).redFailure().stack()).contains("received 4");
  }

  @Test
  void aReportWithoutFailuresIsRefusedAsBefore() {
    assertThatThrownBy(
            () ->
                submit(
                    RunSource.REPORT,
                    "{\"commitHash\":\"c\",\"branch\":\"b\",\"author\":\"a\",\"status\":\"failed\"}"))
        .hasMessage("No failed tests provided");
  }

  private static NewTestRun submit(RunSource source, String json) throws JsonProcessingException {
    return Json.mapper().readValue(json, RunBodies.Run.class).toSubmit(source, null, false);
  }
}
