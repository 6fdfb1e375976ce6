package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipeline of any rrweb client by plain HTTP: upload, ingest, look. */
@ExtendWith(RunningRetroSpec.class)
class LegacyPipelineIT {

  /** What the workers need on an idle machine is less than five; this one is busy with tests. */
  private static final Duration WORKERS = Duration.ofSeconds(30);

  private RetroSpec retroSpec;
  private Customer customer;

  @BeforeEach
  void anEmptyProject(RetroSpec running) {
    retroSpec = running;
    customer = Customer.of(running);
  }

  @Test
  void turnsTheSameFailureOfTwoVisitorsIntoOneIssue() {
    RecordedVisit first = RecordedVisit.of(customer.site());
    RecordedVisit second = RecordedVisit.of(customer.site());
    ingest(first, "ada");
    ingest(second, "bela");

    customer.api().post("/v1/issues/promote").expect(200);
    JsonNode listed = customer.api().read("/v1/issues?state=open");
    assertThat(listed.path("state").asText()).isEqualTo("open");
    assertThat(listed.path("issues")).hasSize(1);
    JsonNode issue = listed.at("/issues/0");
    assertThat(issue.path("sessionCount").asInt()).isEqualTo(2);
    assertThat(issue.path("userCount").asInt()).isEqualTo(2);
    assertThat(issue.path("symptom").asText()).contains("/api/pay");
    assertThat(issue.path("representativeSessionId").asText())
        .isIn(first.sessionId(), second.sessionId());

    JsonNode sessions = sessionsOf(issue);
    assertThat(sessions.findValuesAsText("sessionId"))
        .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
    assertThat(sessions.findValuesAsText("markerCount")).containsExactly("1", "1");
  }

  @Test
  void countsOnePersonInTwoSessionsAsOneUser() {
    ingest(RecordedVisit.of(customer.site()), "ada");
    ingest(RecordedVisit.of(customer.site()), "ada");

    JsonNode issue = customer.api().read("/v1/issues").at("/issues/0");
    assertThat(issue.path("sessionCount").asInt()).isEqualTo(2);
    assertThat(issue.path("userCount").asInt()).isEqualTo(1);
  }

  @Test
  void changesNothingWhenTheSameReportComesAgain() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    String key = upload(visit);
    JsonNode once = report(visit, key, "ada");
    JsonNode twice = report(visit, key, "ada");

    assertThat(twice.at("/session/markers")).hasSize(1).isEqualTo(once.at("/session/markers"));
    assertThat(once.at("/session/markers/0/id").asText()).isEqualTo(visit.sessionId() + "-marker");
    JsonNode stats = customer.api().read("/v1/issues/stats?hours=1").at("/stats/0");
    assertThat(stats.path("kind").asText()).isEqualTo("api_error");
    assertThat(stats.path("markerCount").asInt()).isEqualTo(1);
    assertThat(stats.path("sessionCount").asInt()).isEqualTo(1);
  }

  @Test
  void makesTheReportCardAndTheArtifactOfTheFailingMoment() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    ingest(visit, "ada");

    JsonNode session = worked(visit);

    JsonNode card = session.path("reportCard");
    assertThat(card.path("status").asText()).isEqualTo("ready");
    assertThat(card.path("technicalRootCause").asText()).isNotBlank();
    assertThat(card.path("suggestedFix").asText()).isNotBlank();
    assertThat(card.path("confidence").asDouble()).isBetween(0.1, 1.0);
    JsonNode artifact = session.at("/artifacts/0");
    assertThat(artifact.path("status").asText()).isEqualTo("ready");
    assertThat(artifact.at("/windows/0/startMs").asLong())
        .isEqualTo(RecordedVisit.FAILED_AT_MS - 2_000);
    assertThat(artifact.at("/windows/0/endMs").asLong())
        .isBetween(RecordedVisit.FAILED_AT_MS + 1, RecordedVisit.FAILED_AT_MS + 8_000);
    JsonNode drilledDown = customer.api().read(visit.path() + "/artifacts/analysis_json");
    assertThat(drilledDown.isObject()).isTrue();
  }

  @Test
  void opensTheArtifactWithATokenInPlaceOfTheKey() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    ingest(visit, "ada");
    worked(visit);
    String artifact = visit.path() + "/artifacts/analysis_json";
    String token = customer.api().read(artifact + "/token").path("token").asText();
    Api stranger = Customer.of(retroSpec).api();

    stranger
        .get(artifact + "?artifactToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
        .expect(200);
    stranger.get(artifact + "?artifactToken=" + token.substring(1)).expect(401);
  }

  @Test
  void listsOnlyTheSessionsThatTheFiltersLeave() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    ingest(visit, "ada");
    ingest(RecordedVisit.of(customer.site()), "bela");
    worked(visit);
    String sessions =
        "/v1/issues/"
            + customer.api().read("/v1/issues").at("/issues/0/key").asText()
            + "/sessions";

    assertThat(customer.api().read(sessions + "?reportStatus=ready").path("sessions")).isNotEmpty();
    assertThat(customer.api().read(sessions + "?minConfidence=1").path("sessions")).isEmpty();
    assertThat(customer.api().read(sessions + "?limit=1").path("sessions")).hasSize(1);
    customer.api().get(sessions + "?limit=201").expect(400);
    customer.api().get(sessions + "?minConfidence=often").expect(400);
  }

  @Test
  void givesTheUploadedEventsBackToTheirOwnProjectOnly() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    String key = upload(visit);
    report(visit, key, "ada");

    JsonNode read = customer.api().read(visit.path() + "/events");
    assertThat(read.path("eventsObjectKey").asText()).isEqualTo(key);
    assertThat(read.path("events")).isEqualTo(visit.events());
    Customer other = Customer.of(retroSpec);
    other.api().get(visit.path() + "/events").expect(404);
    // The key of another project's events names nothing in one's own.
    other.api().post("/v1/ingest/session", visit.report(key, "eve")).expect(202);
    assertThat(other.api().get(visit.path() + "/events").text()).doesNotContain("Pay now");
    assertThat(customer.api().read(visit.path() + "/events").path("events"))
        .isEqualTo(visit.events());
  }

  @Test
  void keepsTheLastUploadOfASession() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    ObjectNode halfway = visit.upload();
    halfway.withArray("events").remove(4);
    customer.api().post("/v1/artifacts/session-events", halfway).expect(201);
    String key = upload(visit);
    report(visit, key, "ada");

    assertThat(customer.api().read(visit.path() + "/events").path("events"))
        .isEqualTo(visit.events());
  }

  private void ingest(RecordedVisit visit, String user) {
    report(visit, upload(visit), user);
  }

  private String upload(RecordedVisit visit) {
    JsonNode stored =
        customer.api().post("/v1/artifacts/session-events", visit.upload()).expect(201).json();
    assertThat(stored.path("projectId").asText()).isEqualTo(customer.projectId());
    assertThat(stored.path("sessionId").asText()).isEqualTo(visit.sessionId());
    return stored.path("eventsObjectKey").asText();
  }

  private JsonNode report(RecordedVisit visit, String eventsObjectKey, String user) {
    JsonNode answer =
        customer
            .api()
            .post("/v1/ingest/session", visit.report(eventsObjectKey, user))
            .expect(202)
            .json();
    assertThat(answer.path("analysisQueueError").asText()).isEmpty();
    return answer;
  }

  /** The session once the workers are done with it. */
  private JsonNode worked(RecordedVisit visit) {
    return await()
        .atMost(WORKERS)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> customer.api().read(visit.path()).path("session"),
            session ->
                !session.path("artifacts").isEmpty()
                    && !session.at("/reportCard/status").asText("pending").equals("pending"));
  }

  private JsonNode sessionsOf(JsonNode issue) {
    return customer
        .api()
        .read("/v1/issues/" + issue.path("key").asText() + "/sessions?limit=30")
        .path("sessions");
  }
}
