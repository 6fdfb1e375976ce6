package dev.retrospec.web.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyBodyTest {

  private static final String DOCUMENTED =
      """
      {"testRunId": "550e8400-e29b-41d4-a716-446655440000", "commitHash": "abc123def456",
       "author": "john@example.com", "branch": "feature/new-ui", "prNumber": 123,
       "failedTests": [{"testName": "test_api_integration", "errorMessage": "Connection refused",
                        "stackTrace": "Traceback..."}],
       "snapshotUrls": {"screenshot": "https://x.test/s.png", "har": "https://x.test/n.har"},
       "similarPatterns": [
         {"patternId": "4ea3a1f0-33c1-4b8e-9d0e-3f6f1c1f2a10", "similarity": 0.92,
          "summary": "API connection failure in auth module"},
         {"id": "5ea3a1f0-33c1-4b8e-9d0e-3f6f1c1f2a10", "similarity": 0.87,
          "pattern": {"summary": "Timeout", "occurrenceCount": 5}}],
       "recommendedTests": [{"testName": "test_api_auth", "reason": "Similar (92% match)",
                             "confidenceScore": 0.85}]}
      """;

  @Test
  void theDocumentedBodyIsUnderstood() throws JsonProcessingException {
    RunReport report = body(DOCUMENTED).report();

    assertThat(report.outcome()).isEqualTo(RunReport.Outcome.FAILED);
    assertThat(report.origin().prNumber()).isEqualTo(123);
    assertThat(report.failedTests().get(0).errorMessage()).isEqualTo("Connection refused");
    assertThat(report.snapshots().har()).isEqualTo("https://x.test/n.har");
    assertThat(report.similarPatterns())
        .extracting(RunReport.SimilarPattern::summary)
        .containsExactly("API connection failure in auth module", "Timeout");
    assertThat(report.similarPatterns())
        .extracting(RunReport.SimilarPattern::occurrenceCount)
        .containsExactly(1, 5);
    assertThat(report.recommendedTests().get(0).confidenceScore()).isEqualTo(0.85);
  }

  @ParameterizedTest
  @ValueSource(strings = {"testRunId", "commitHash", "author", "branch"})
  void whatIsMissingIsNamed(String field) throws JsonProcessingException {
    NotifyBody body = body(DOCUMENTED.replace('"' + field + '"', "\"other\""));

    assertThatThrownBy(body::report)
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(field + " is missing");
  }

  @Test
  void aShareThatIsNoneIsRefused() throws JsonProcessingException {
    NotifyBody body = body(DOCUMENTED.replace("0.92,", "92,"));

    assertThatThrownBy(body::report).hasMessageContaining("similarity must be between 0 and 1");
  }

  private static NotifyBody body(String json) throws JsonProcessingException {
    return Json.mapper().readValue(json, NotifyBody.class);
  }
}
