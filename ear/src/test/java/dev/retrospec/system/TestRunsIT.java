package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A CI job delivers its runs in each of the ways there are, and is told what they mean. */
@ExtendWith(RunningRetroSpec.class)
class TestRunsIT {

  private RetroSpec retroSpec;
  private Http.Project project;

  @BeforeEach
  void aProject(RetroSpec running) {
    retroSpec = running;
    project = new Http(running).newProject();
  }

  @Test
  void theSecondFailureFindsTheFirstAndNamesATestToRun() {
    submit(run("c1", "Connection refused: localhost:5432 while calling /api/auth"));

    JsonNode second =
        submit(run("c2", "Connection refused: localhost:6543 while calling /api/auth"));

    assertThat(second.get("status").asText()).isEqualTo("processed");
    assertThat(second.at("/similarPatterns/0/similarity").asDouble()).isGreaterThanOrEqualTo(0.85);
    assertThat(second.at("/similarPatterns/0/summary").asText()).isNotBlank();
    assertThat(second.at("/recommendedTests/0/testName").asText())
        .isEqualTo("test_api_integration");
    assertThat(second.at("/analysis").asText()).contains("**What failed:**");
  }

  @Test
  void tellsARunAgainInSnakeCase() {
    ObjectNode run = run("c1", "Connection refused");
    run.put("id", UUID.randomUUID().toString());
    run.put("prNumber", 123).put("repository", "acme/shop");
    submit(run);

    JsonNode told = api().read("/test-runs/" + run.get("id").asText());

    assertThat(told.get("commit_hash").asText()).isEqualTo("c1");
    assertThat(told.get("pr_number").asInt()).isEqualTo(123);
    assertThat(told.at("/failed_tests/0/test_name").asText()).isEqualTo("test_api_integration");
    assertThat(told.at("/snapshots/0/screenshot_url").asText()).isEqualTo("https://s3.test/a.png");
    assertThat(told.at("/recommended_tests/0/confidence_score").asDouble()).isPositive();
    assertThat(api().read("/test-runs?branch=feature/new-ui").get("runs")).hasSize(1);
    assertThat(Customer.of(retroSpec).api().get("/test-runs/" + run.get("id").asText()).status())
        .as("another project's run is none")
        .isEqualTo(404);
  }

  @Test
  void theSameIdIsTheSameRunOrRefused() {
    ObjectNode run = run("c1", "Connection refused");
    run.put("id", UUID.randomUUID().toString());

    JsonNode first = submit(run);
    JsonNode again = submit(run);
    run.put("commitHash", "c2");

    assertThat(again).isEqualTo(first);
    api().post("/test-runs", run).expect(409);
  }

  @Test
  void takesTheFirstServicesReports() {
    ObjectNode report = run("c1", "unused");
    report.remove("failedTests");
    report.put("failureLogs", "Test: adds\nError: expected 3\n\nTest: sums\nError: away");

    JsonNode answer = api().post("/api/v1/report", report).expect(200).json();

    assertThat(answer.get("status").asText()).isEqualTo("processed");
    assertThat(answer.get("similarPatterns").asInt()).isZero();
    assertThat(answer.get("similarPatternsDetails").isArray()).isTrue();
    report.remove("failureLogs");
    assertThat(api().post("/api/v1/report", report).expect(400).json().get("error").asText())
        .isEqualTo("No failed tests provided");
  }

  @Test
  void takesJUnitAsAFormAndAsABody() {
    String xml =
        "<testsuite name=\"s\"><testcase name=\"green\"/><testcase name=\"red\">"
            + "<failure message=\"m\">t &#27;[31mcoloured</failure></testcase></testsuite>";
    String form =
        part("commitHash", "c1")
            + part("branch", "main")
            + part("author", "ada@example.test")
            + "--x\r\nContent-Disposition: form-data; name=\"report\"; filename=\"a.xml\"\r\n\r\n"
            + xml
            + "\r\n--x--\r\n";

    JsonNode formed =
        junit("/v1/ci/junit", "multipart/form-data; boundary=x", form).expect(200).json();
    JsonNode plain =
        junit("/v1/ci/junit?commitHash=c2&branch=main&author=ada", "application/xml", xml)
            .expect(200)
            .json();

    assertThat(formed.get("runStatus").asText()).isEqualTo("failed");
    assertThat(plain.at("/similarPatterns/0/similarity").asDouble()).isGreaterThanOrEqualTo(0.85);
    JsonNode stored = api().read("/test-runs/" + plain.get("testRunId").asText());
    assertThat(stored.get("tests").asInt()).isEqualTo(2);
    assertThat(stored.at("/failed_tests/0/first_bad_commit").asText()).isEqualTo("c1");
    junit("/v1/ci/junit", "application/xml", xml).expect(400);
    junit("/v1/ci/junit?commitHash=c&branch=b&author=a", "application/xml", "<html/>").expect(400);
  }

  @Test
  void takesAReportOfFiveThousandTestsCompressed() {
    StringBuilder xml = new StringBuilder("<testsuite name=\"s\">");
    for (int i = 0; i < 5_000; i++) {
      xml.append("<testcase classname=\"c").append(i % 90).append("\" name=\"t").append(i);
      xml.append("\" time=\"0.01\">");
      xml.append("<failure message=\"Connection refused: localhost:").append(9_000 + i);
      xml.append("\">at call (client.ts:1:1)\n").append("x".repeat(2_000));
      xml.append("</failure></testcase>");
    }
    xml.append("</testsuite>");

    JsonNode answer =
        new Http(retroSpec)
            .post(
                "/v1/ci/junit?commitHash=c1&branch=main&author=ada",
                Http.gzip(xml.toString().getBytes(StandardCharsets.UTF_8)),
                "x-api-key",
                project.secretKey(),
                "Content-Type",
                "application/xml",
                "Content-Encoding",
                "gzip")
            .expect(200)
            .json();

    assertThat(api().read("/test-runs/" + answer.get("testRunId").asText()).get("failed").asInt())
        .isEqualTo(5_000);
  }

  @Test
  void asksForAKeyAndNamesWhatIsMissing() {
    ObjectNode run = run("c1", "Connection refused");

    assertThat(Api.with(retroSpec, "wrong").post("/test-runs", run).status()).isEqualTo(401);
    assertThat(Api.with(retroSpec, project.ingestKey()).post("/test-runs", run).status())
        .isIn(401, 403);
    run.remove("author");
    assertThat(api().post("/test-runs", run).expect(400).json().get("error").asText())
        .isEqualTo("Missing required fields: author");
    assertThat(new Http(retroSpec).get("/health").expect(200).json().get("service").asText())
        .isEqualTo("retrospec");
  }

  private Api api() {
    return Api.with(retroSpec, project.secretKey());
  }

  private JsonNode submit(JsonNode run) {
    return api().post("/test-runs", run).expect(200).json();
  }

  private Http.Answer junit(String path, String type, String body) {
    return new Http(retroSpec)
        .post(
            path,
            body.getBytes(StandardCharsets.UTF_8),
            "x-api-key",
            project.secretKey(),
            "Content-Type",
            type);
  }

  private static String part(String name, String value) {
    return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  private static ObjectNode run(String commit, String error) {
    ObjectNode run = Api.JSON.createObjectNode();
    run.put("commitHash", commit)
        .put("branch", "feature/new-ui")
        .put("author", "john@example.com")
        .put("status", "failed")
        .put(
            "gitDiff",
            "diff --git a/src/api.ts b/src/api.ts\n--- a/src/api.ts\n+++ b/src/api.ts\n@@ -1 +1 @@\n-a\n+b\n");
    run.putArray("failedTests")
        .addObject()
        .put("testName", "test_api_integration")
        .put("errorMessage", error)
        .put("stackTrace", "Error: " + error + "\n    at call (src/client.ts:12:3)");
    run.putObject("snapshotUrls").put("screenshot", "https://s3.test/a.png");
    return run;
  }
}
