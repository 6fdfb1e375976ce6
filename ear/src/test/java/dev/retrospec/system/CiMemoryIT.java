package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One memory for what fails in CI and for what fails in production. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class CiMemoryIT {

  private static final Duration WORKFLOWS = Duration.ofMinutes(5);
  private static final Duration RECOGNITION = Duration.ofSeconds(60);

  private static final String MESSAGE = "Cannot read properties of undefined (reading 'total')";

  @Test
  void aFrontEndThatBreaksTheBackEndIsCapturedRememberedRecognisedAndTold(
      RetroSpec retroSpec, Page page, @TempDir Path folder)
      throws IOException, InterruptedException, SQLException {
    Dashboard dashboard = Dashboard.withAWeekOfVisits(retroSpec);
    Path answers = folder.resolve("answers.json");

    // The demonstration checks what came true, sentence by sentence, and fails when one did not.
    String told = runDemonstration(retroSpec, dashboard.project(), answers);

    JsonNode second = Api.JSON.readTree(answers.toFile()).at("/runs/2");
    assertThat(told).contains("worth running", "#12, one comment");
    dashboard.open(page, dashboard.viewer(), "/admin/runs/" + second.get("runId").asText());
    assertThat(page.locator(".failure").first()).containsText("the quote was refused: 422");
    assertThat(page.locator(".failure").first()).containsText("100 % the same");
  }

  @Test
  void aFailingTestNamesTheIssueThatVisitorsHave(RetroSpec retroSpec) throws IOException {
    Customer customer = Customer.of(retroSpec);
    meets(customer, "first", "ada");
    meets(customer, "second", "grace");
    customer.api().post("/v1/issues/promote").expect(200);
    String issue = customer.api().read("/v1/issues?state=active").at("/issues/0/key").asText();

    // An issue becomes known to the memory of tests after its promotion, by a job.
    JsonNode run =
        await()
            .atMost(RECOGNITION)
            .until(() -> failingRun(customer), answer -> !answer.get("productionIssues").isEmpty());

    assertThat(run.at("/productionIssues/0/key").asText()).isEqualTo(issue);
    assertThat(run.at("/productionIssues/0/users").asInt()).isEqualTo(2);
    assertThat(run.at("/productionIssues/0/testNames/0").asText()).isEqualTo("shows the total");
    assertThat(run.get("analysis").asText()).contains("In production, too", "2 users");
  }

  private static String runDemonstration(RetroSpec retroSpec, String project, Path answers)
      throws IOException, InterruptedException {
    Path sdk = RetroSpec.checkout().resolve("sdk");
    Path output = answers.resolveSibling("demonstration.txt");
    ProcessBuilder builder =
        new ProcessBuilder("node", "ci/demo/run.mjs", "--check", "--json", answers.toString())
            .directory(sdk.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    if (retroSpec.isOurs()) {
      builder.environment().putAll(RunningRetroSpec.TOLD);
    }
    builder
        .environment()
        .putAll(
            Map.of(
                "RETROSPEC_URL", retroSpec.url().toString().replaceFirst("/$", ""),
                "RETROSPEC_SECRET_KEY",
                    new Http(retroSpec).newKey(project, "secret").get("apiKey").asText(),
                "ADMIN_API_KEY", retroSpec.adminKey(),
                "RETROSPEC_PROJECT", project));
    Process process = builder.start();
    if (!process.waitFor(WORKFLOWS.toSeconds(), TimeUnit.SECONDS)) {
      process.destroy();
    }
    String told = Files.readString(output);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  /** A visitor's browser throws. */
  private static void meets(Customer customer, String session, String user) throws IOException {
    ObjectNode chunk = (ObjectNode) Api.JSON.readTree(Recordings.chunk("marker"));
    ((ObjectNode) chunk.get("session")).put("userId", user);
    ObjectNode marker = chunk.putArray("markers").addObject();
    marker.put("id", "m1").put("kind", "js_exception").put("replayOffsetMs", 900);
    marker.put("label", "Uncaught TypeError: " + MESSAGE);
    marker
        .putObject("error")
        .put("type", "TypeError")
        .put("message", MESSAGE)
        .put(
            "stack",
            stack("https://shop.example/assets/basket-3f2a9c1b.js:", "renderBasket", "openCart"));
    customer.api().postGzipped("/v1/recordings/" + session + "/chunks/0", chunk).expect(202);
  }

  /** A test meets the same in the sources. */
  private static JsonNode failingRun(Customer customer) {
    ObjectNode run = Api.JSON.createObjectNode();
    run.put("commitHash", "abc123").put("branch", "main").put("author", "ada@shop.example");
    run.put("status", "failed");
    run.putArray("failedTests")
        .addObject()
        .put("testName", "shows the total")
        .put("errorMessage", "TypeError: " + MESSAGE)
        .put("stackTrace", stack("/build/shop/src/basket.js:", "renderBasket", "openCart"));
    return customer.api().post("/test-runs", run).expect(200).json();
  }

  private static String stack(String place, String... functions) {
    StringBuilder stack = new StringBuilder("TypeError: " + MESSAGE);
    for (int i = 0; i < functions.length; i++) {
      stack.append("\n    at ").append(functions[i]).append(" (").append(place);
      stack.append(10 + i).append(i == 0 ? ":5)" : ":9)");
    }
    return stack.toString();
  }
}
