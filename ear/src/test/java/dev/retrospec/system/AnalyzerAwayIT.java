package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.system.ModelServer.Mood;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The analyzer is away, or talks rubbish, on a server where its word is not replaced by the rules':
 * the issue is there all the same, once, and its card says what is the matter until a retry helps.
 */
class AnalyzerAwayIT {

  /** Two attempts of two requests, the pause between them, and the sweep that ends it. */
  private static final Duration ATTEMPTS = Duration.ofSeconds(60);

  private static RetroSpec retroSpec;
  private static ModelServer model;

  private Customer customer;
  private RecordedVisit visit;

  @BeforeAll
  static void aServerThatDependsOnItsModel() throws IOException {
    model = ModelServer.start();
    retroSpec =
        RetroSpec.start(
            Path.of("target", "system-test", "analyzer-away-home").toAbsolutePath(),
            Map.of(
                "ANALYZER_PROVIDER", "dual_http",
                "ANALYZER_TEXT_MODEL_ENDPOINT", model.url(),
                "ANALYZER_FALLBACK_TO_HEURISTIC", "false",
                "ANALYZER_MAX_ATTEMPTS", "2",
                "ANALYZER_RETRY_BASE_MS", "500"));
  }

  @AfterAll
  static void stop() {
    if (retroSpec != null) {
      retroSpec.close();
    }
    model.close();
  }

  @BeforeEach
  void aProject() {
    customer = Customer.of(retroSpec);
    visit = RecordedVisit.of(customer.site());
  }

  @Test
  void anIssueIsPromotedWhileTheAnalyzerIsAwayAndItsCardIsWrittenWhenItIsBack() {
    model.is(Mood.AWAY);
    twoVisitorsFail();

    JsonNode card = theCardFails();
    assertThat(card.path("reason").asText()).isEqualTo("The model answered 503");
    assertThatThereIsOneIssueOf(2);

    retry(202);
    assertThat(theCardFails().path("reason").asText()).isEqualTo("The model answered 503");

    model.is(Mood.HELPFUL);
    retry(202);
    assertThatTheModelWroteIt();
    assertThat(model.timesAsked()).isEqualTo(1);
    retry(400); // there is nothing to repeat any more
    assertThatThereIsOneIssueOf(2);
  }

  @Test
  void rubbishIsNoCardAndIsNotShown() {
    model.is(Mood.TALKING_RUBBISH);
    twoVisitorsFail();

    JsonNode card = theCardFails();
    assertThat(card.path("reason").asText()).isEqualTo("The model's answer is no JSON");
    assertThat(card.toString()).doesNotContain("Sure!");
    assertThatThereIsOneIssueOf(2);

    model.is(Mood.INVENTING);
    retry(202);
    card = theCardFails();
    assertThat(card.path("reason").asText())
        .isEqualTo("The model's answer stands on no event that it was shown");
    assertThat(card.toString()).doesNotContain(ModelServer.CAUSE);

    model.is(Mood.HELPFUL);
    retry(202);
    assertThatTheModelWroteIt();
  }

  private void twoVisitorsFail() {
    for (String user : new String[] {"ada", "bela"}) {
      visit = RecordedVisit.of(customer.site());
      String key =
          customer
              .api()
              .post("/v1/artifacts/session-events", visit.upload())
              .expect(201)
              .json()
              .path("eventsObjectKey")
              .asText();
      customer.api().post("/v1/ingest/session", visit.report(key, user)).expect(202);
    }
  }

  private JsonNode theCardFails() {
    await()
        .atMost(ATTEMPTS)
        .untilAsserted(
            () ->
                assertThat(card().path("status").asText())
                    .as(card().toString())
                    .isEqualTo("failed"));
    return card();
  }

  private void assertThatTheModelWroteIt() {
    await()
        .atMost(ATTEMPTS)
        .untilAsserted(
            () ->
                assertThat(card().path("status").asText())
                    .as(card().toString())
                    .isEqualTo("ready"));
    assertThat(card().path("technicalRootCause").asText()).isEqualTo(ModelServer.CAUSE);
    assertThat(card().at("/providers/1/status").asText()).isEqualTo("used");
    assertThat(card().path("reason").isMissingNode() || card().path("reason").isNull()).isTrue();
  }

  private void assertThatThereIsOneIssueOf(int users) {
    JsonNode issues = customer.api().read("/v1/issues?state=active").path("issues");
    assertThat(issues).hasSize(1);
    assertThat(issues.at("/0/userCount").asInt()).isEqualTo(users);
    assertThat(issues.at("/0/markerCount").asInt()).isEqualTo(users);
  }

  private void retry(int status) {
    customer.api().post(visit.path() + "/report-card/retry").expect(status);
  }

  private JsonNode card() {
    return customer.api().read(visit.path()).at("/session/reportCard");
  }
}
