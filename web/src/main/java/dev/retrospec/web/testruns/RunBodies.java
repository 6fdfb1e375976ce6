package dev.retrospec.web.testruns;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.RunSource;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.SnapshotUrls;
import dev.retrospec.testruns.TestResult;
import dev.retrospec.web.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs as clients write them, before anything is checked. */
final class RunBodies {

  /** Of {@code failureLogs}: each block names a test and its error. */
  private static final Pattern BLOCKS = Pattern.compile("\\R[ \\t]*\\R");

  private static final Pattern TEST = Pattern.compile("(?m)^[ \\t]*+Test:[ \\t]*+(.+)$");
  private static final Pattern ERROR = Pattern.compile("(?ms)^[ \\t]*+Error:[ \\t]*+(.+)");

  private static final Pattern STACK = Pattern.compile("(?m)^[ \\t]++at \\S|^Traceback ");

  static final int MEBIBYTES = 40;

  private RunBodies() {}

  /**
   * @throws JsonProcessingException when it is not the JSON of a run
   */
  static Run read(InputStream body) throws IOException {
    Run run = Json.mapper().readValue(body, Run.class);
    if (run == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return run;
  }

  /** One failure. */
  record Failed(
      @Nullable String testName,
      @Nullable String errorMessage,
      @Nullable String stackTrace,
      @Nullable String errorType) {}

  /** Links. */
  record Snapshots(
      @Nullable String screenshot,
      @Nullable String htmlDump,
      @Nullable String har,
      @Nullable String consoleLogs) {

    SnapshotUrls urls() {
      return new SnapshotUrls(screenshot, htmlDump, har, consoleLogs);
    }
  }

  /** {@code POST /test-runs} and {@code POST /api/v1/report}. */
  record Run(
      @Nullable String id,
      @JsonProperty("testRunId") @Nullable String testRunId,
      @Nullable String repository,
      @Nullable String commitHash,
      @Nullable String branch,
      @Nullable String job,
      @Nullable String baseBranch,
      @Nullable String author,
      @Nullable String status,
      @Nullable List<@Nullable Failed> failedTests,
      @Nullable String failureLogs,
      @Nullable String gitDiff,
      @Nullable Integer prNumber,
      @Nullable Snapshots snapshotUrls,
      @Nullable String runUrl,
      @Nullable Long durationMs,
      @Nullable Boolean quiet) {

    NewTestRun toSubmit(RunSource source, @Nullable String idempotencyKey, boolean silent) {
      List<String> missing = new ArrayList<>();
      need("commitHash", commitHash, missing);
      need("branch", branch, missing);
      need("author", author, missing);
      need("status", status, missing);
      if (!missing.isEmpty()) {
        throw new InvalidRequest("Missing required fields: " + String.join(", ", missing));
      }
      List<TestResult> results = results(source);
      RunStatus ended = status(source, results);
      if (ended == RunStatus.PASSED && !results.isEmpty()) {
        throw new InvalidRequest("a run that passed has no failedTests");
      }
      String given = blank(id) ? testRunId : id;
      return new NewTestRun(
          blank(given) ? null : new TestRunId(given.strip()),
          idempotencyKey,
          source,
          orEmpty(repository),
          orEmpty(commitHash),
          orEmpty(branch),
          orEmpty(job),
          baseBranch,
          orEmpty(author),
          ended,
          prNumber,
          gitDiff,
          snapshotUrls == null ? SnapshotUrls.NONE : snapshotUrls.urls(),
          runUrl,
          durationMs,
          silent || Boolean.TRUE.equals(quiet),
          results);
    }

    /** A report of a run that is still going on is one of what has failed so far. */
    private RunStatus status(RunSource source, List<TestResult> results) {
      return source == RunSource.REPORT && "running".equals(status) && !results.isEmpty()
          ? RunStatus.FAILED
          : RunStatus.fromWireName(status);
    }

    private List<TestResult> results(RunSource source) {
      List<TestResult> results = new ArrayList<>();
      List<@Nullable Failed> failed = failedTests == null ? List.of() : failedTests;
      for (int i = 0; i < failed.size(); i++) {
        results.add(result("failedTests[" + i + "]", failed.get(i)));
      }
      if (results.isEmpty() && source == RunSource.REPORT && failureLogs != null) {
        results.addAll(ofLogs(failureLogs));
      }
      if (results.isEmpty() && source == RunSource.REPORT && !"passed".equals(status)) {
        throw new InvalidRequest("No failed tests provided");
      }
      return results;
    }
  }

  private static TestResult result(String place, @Nullable Failed failed) {
    if (failed == null || blank(failed.testName)) {
      throw new InvalidRequest(place + ".testName is required");
    }
    if (failed.errorMessage == null) {
      throw new InvalidRequest(place + ".errorMessage is required");
    }
    return TestResult.failed(
        failed.testName.strip(),
        new TestResult.Failure(
            blank(failed.errorType) ? null : failed.errorType.strip(),
            failed.errorMessage.isBlank() ? "no message" : failed.errorMessage,
            blank(failed.stackTrace) ? null : failed.stackTrace));
  }

  /** Blocks that name neither are the rest of the one before: a message may have blank lines. */
  static List<TestResult> ofLogs(String logs) {
    List<TestResult> results = new ArrayList<>();
    String name = null;
    StringBuilder error = new StringBuilder();
    for (String block : BLOCKS.split(logs)) {
      Matcher test = TEST.matcher(block);
      Matcher said = ERROR.matcher(block);
      boolean isNew = test.find();
      if (isNew) {
        add(results, name, error);
        name = test.group(1).strip();
        error.setLength(0);
      }
      if (said.find()) {
        error.append(error.isEmpty() ? "" : "\n\n").append(said.group(1).strip());
      } else if (!isNew && !block.isBlank()) {
        error.append(error.isEmpty() ? "" : "\n\n").append(block.strip());
      }
    }
    add(results, name, error);
    return results;
  }

  private static void add(List<TestResult> results, @Nullable String name, StringBuilder error) {
    if (name == null && error.isEmpty()) {
      return;
    }
    String text = error.isEmpty() ? "no message" : error.toString();
    results.add(
        TestResult.failed(
            name == null || name.isEmpty() ? "unnamed test" : name,
            new TestResult.Failure(null, firstLines(text), text)));
  }

  /** The message is what stands before the stack. */
  private static String firstLines(String text) {
    Matcher stack = STACK.matcher(text);
    return stack.find() && stack.start() > 0 ? text.substring(0, stack.start()).strip() : text;
  }

  static void need(String field, @Nullable String value, List<String> missing) {
    if (blank(value)) {
      missing.add(field);
    }
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
