package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people say about patterns holds wherever a pattern is named. */
@ExtendWith(RunningRetroSpec.class)
class PatternsIT {

  private Api api;

  @BeforeEach
  void aProject(RetroSpec running) {
    api = Customer.of(running).api();
  }

  @Test
  void whatNamesAMergedPatternLeadsToTheOneThatTookItOver() {
    String run = fails("Cannot read properties of undefined (reading 'total')");
    String gone = patternOf(run);
    String stays = patternOf(fails("Connection refused: localhost:5432"));

    api.post("/v1/patterns/" + gone + "/merge", said("targetPatternId", stays)).expect(200);

    assertThat(api.get("/v1/patterns/" + gone).expect(301).header("Location"))
        .isEqualTo("/v1/patterns/" + stays);
    assertThat(patternOf(run)).isEqualTo(stays);
  }

  @Test
  void anIssueThatDoesNotExistIsNotLinked() {
    String pattern = patternOf(fails("Connection refused: localhost:5432"));

    api.post(
            "/v1/patterns/" + pattern + "/issues",
            said("clusterKey", "v1-0123456789abcdef").put("same", true))
        .expect(404);

    assertThat(api.read("/v1/patterns/" + pattern).get("issues")).isEmpty();
  }

  private static ObjectNode said(String field, String value) {
    return Api.JSON.createObjectNode().put(field, value);
  }

  /** The id of a run in which one test fails. */
  private String fails(String message) {
    ObjectNode run = Api.JSON.createObjectNode();
    run.put("commitHash", "abc123").put("branch", "main").put("author", "ada@shop.example");
    run.put("status", "failed");
    run.putArray("failedTests").addObject().put("testName", "pays").put("errorMessage", message);
    JsonNode answer = api.post("/test-runs", run).expect(200).json();
    return answer.get("testRunId").asText();
  }

  private String patternOf(String run) {
    return api.read("/test-runs/" + run).at("/failed_tests/0/pattern_id").asText();
  }
}
