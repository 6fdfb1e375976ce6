package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser delivers is what a developer reads. */
@ExtendWith(RunningRetroSpec.class)
class DeliveryIT {

  private static final String KEY = "X-Retrospec-Key";

  private RetroSpec retroSpec;
  private Http http;
  private Project shop;

  @BeforeEach
  void aProject(RetroSpec running) {
    retroSpec = running;
    http = new Http(running);
    shop = http.newProject();
  }

  @Test
  void uploadAndReportsBecomeAnIssueWithBothSessions() {
    for (String session : new String[] {"first", "second"}) {
      Answer upload = write("/v1/artifacts/session-events", Recordings.upload(session));
      assertThat(upload.status()).isEqualTo(201);
      assertThat(upload.json().get("eventsObjectKey").asText()).isNotBlank();

      Answer report =
          write(
              "/v1/ingest/session", Recordings.report(session, "user of " + session, "Pay failed"));
      assertThat(report.status()).isEqualTo(202);
      assertThat(report.json().get("analysisQueueError").asText()).isEmpty();
      assertThat(report.json().at("/session/markers")).hasSize(1);
      assertThat(report.json().at("/session/reportCard/status").asText()).isEqualTo("pending");
    }

    assertThat(http.post("/v1/issues/promote", new byte[0], KEY, shop.secretKey()).status())
        .isEqualTo(200);

    JsonNode issues = read("/v1/issues?state=active").json();
    assertThat(issues.get("state").asText()).isEqualTo("active");
    assertThat(issues.get("issues")).hasSize(1);
    assertThat(issues.at("/issues/0/sessionCount").asInt()).isEqualTo(2);
    assertThat(issues.at("/issues/0/userCount").asInt()).isEqualTo(2);
    JsonNode sessions =
        read("/v1/issues/" + issues.at("/issues/0/key").asText() + "/sessions").json();
    assertThat(sessions.get("limit").asInt()).isEqualTo(30);
    assertThat(sessions.get("sessions").findValuesAsText("sessionId"))
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void theSameReportAgainChangesNothing() {
    String report = Recordings.report("again", "ada", "Pay failed");

    write("/v1/ingest/session", report);
    Answer again = write("/v1/ingest/session", report);

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().at("/session/markers")).hasSize(1);
  }

  @Test
  void eventsComeBackAsTheyWereSent() {
    write("/v1/artifacts/session-events", Recordings.upload("events"));

    JsonNode events = read("/v1/sessions/events/events").json();

    assertThat(events.get("sessionId").asText()).isEqualTo("events");
    assertThat(events.get("eventsObjectKey").asText()).isNotBlank();
    assertThat(events.get("events").findValuesAsText("timestamp"))
        .containsExactly("1767268800000", "1767268800100", "1767268801000");
  }

  @Test
  void aChunkIsStoredOnceUnderItsNumber() {
    String chunk = "/v1/recordings/numbered/chunks/0";

    assertThat(write(chunk, Recordings.chunk("timer")).status()).isEqualTo(202);
    assertThat(write(chunk, Recordings.chunk("timer")).status()).isEqualTo(200);
    assertThat(write(chunk, Recordings.chunk("size")).status()).isEqualTo(409);
  }

  @Test
  void aZippedChunkIsTheSameChunk() {
    byte[] body = Recordings.chunk("timer").getBytes(StandardCharsets.UTF_8);

    Answer zipped =
        http.post(
            "/v1/recordings/zipped/chunks/0",
            Http.gzip(body),
            KEY,
            shop.ingestKey(),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip");

    assertThat(zipped.status()).isEqualTo(202);
    assertThat(write("/v1/recordings/zipped/chunks/0", Recordings.chunk("timer")).status())
        .isEqualTo(200);
  }

  @Test
  void aClientOfTheFirstRecorderNamesSessionAndChunkInTheBody() {
    String body = "{\"sessionId\":\"old\",\"seq\":3," + Recordings.chunk("timer").substring(1);

    assertThat(write("/api/replay/upload", body).json().get("seq").asInt()).isEqualTo(3);

    assertThat(read("/v1/sessions/old/manifest").json().at("/chunks/0/seq").asInt()).isEqualTo(3);
  }

  @Test
  void thePlayerGetsAManifestAndItsChunksInTheEncodingThatItUnderstands() {
    write("/v1/recordings/played/chunks/0", Recordings.chunk("timer"));

    JsonNode manifest = read("/v1/sessions/played/manifest").json();
    assertThat(manifest.at("/chunks/0/hasFullSnapshot").asBoolean()).isTrue();
    assertThat(manifest.at("/viewport/width").asInt()).isEqualTo(1200);
    assertThat(manifest.get("startedAt").asText()).isEqualTo("2026-01-01T12:00:00Z");

    String path = "/v1/sessions/played/chunks/0";
    Answer zstd = http.get(path, KEY, shop.secretKey(), "Accept-Encoding", "gzip, zstd");
    Answer gzip = http.get(path, KEY, shop.secretKey(), "Accept-Encoding", "gzip");
    Answer plain = http.get(path, KEY, shop.secretKey());
    assertThat(zstd.header("Content-Encoding")).isEqualTo("zstd");
    assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.json()).hasSize(3);
    assertThat(plain.header("Cache-Control")).contains("immutable").doesNotContain("public");
    assertThat(plain.header("Vary")).contains("Accept-Encoding");
  }

  @Test
  void thePlayerGetsSeveralChunksAtOnce() {
    write("/v1/recordings/together/chunks/0", Recordings.chunk("timer"));
    write("/v1/recordings/together/chunks/2", Recordings.chunk("timer"));

    String path = "/v1/sessions/together/chunks?from=0&to=";
    Answer two = read(path + 2);
    assertThat(two.json().findValuesAsText("seq")).containsExactly("0", "2");
    assertThat(two.json().at("/1/events")).hasSize(3);
    assertThat(two.header("Cache-Control")).contains("no-cache"); // the missing one may yet come
    assertThat(read(path + 0).header("Cache-Control")).contains("immutable");
    assertThat(
            http.get(path + 2, KEY, shop.secretKey(), "Accept-Encoding", "gzip")
                .header("Content-Encoding"))
        .isEqualTo("gzip");
    http.get("/v1/sessions/together/chunks?from=2&to=0", KEY, shop.secretKey()).expect(400);
  }

  @Test
  void sessionsAreSearchedPieceByPiece() {
    for (String session : new String[] {"one", "two", "three"}) {
      write("/v1/ingest/session", Recordings.report(session, "ada", "Pay failed"));
    }

    Answer first = read("/v1/sessions?limit=2&user=ada");
    assertThat(first.json().get("sessions")).hasSize(2);
    String link = first.header("Link");
    assertThat(link).endsWith("; rel=\"next\"");

    Answer rest = read(link.substring(1, link.indexOf('>')));
    assertThat(rest.json().get("sessions")).hasSize(1);
    assertThat(rest.json().has("nextCursor")).isFalse();
    assertThat(read("/v1/sessions?user=bob").json().get("sessions")).isEmpty();
  }

  @Test
  void recordersLearnTheRulesAndKeepThemUntilTheyChange() {
    Answer rules = http.get("/v1/recordings/config?site=shop", KEY, shop.ingestKey());
    assertThat(rules.json().get("enabled").asBoolean()).isTrue();
    assertThat(rules.json().get("sampleRate").asDouble()).isEqualTo(1);
    assertThat(rules.header("Cache-Control")).contains("max-age=60");

    Answer unchanged =
        http.get(
            "/v1/recordings/config?site=shop",
            KEY,
            shop.ingestKey(),
            "If-None-Match",
            rules.header("ETag"));
    assertThat(unchanged.status()).isEqualTo(304);
  }

  @Test
  void theKillSwitchEndsRecordings() {
    String rules = "/v1/admin/projects/" + shop.id() + "/recording-rules";
    Answer before = http.get(rules, "X-Retrospec-Admin", retroSpec.adminKey());

    Answer switched =
        http.send(
            "PUT",
            rules,
            BodyPublishers.ofString("{\"enabled\":false}"),
            "X-Retrospec-Admin",
            retroSpec.adminKey(),
            "Content-Type",
            "application/json",
            "If-Match",
            before.header("ETag"));

    assertThat(switched.status()).isEqualTo(200);
    assertThat(write("/v1/recordings/unwanted/chunks/0", Recordings.chunk("timer")).status())
        .isEqualTo(410);
    assertThat(read("/v1/sessions/unwanted").status()).isEqualTo(404);
  }

  @Test
  void aWorkerElsewhereReportsWhatItFound() {
    write("/v1/ingest/session", Recordings.report("worked", "ada", "Pay failed"));
    String internal = retroSpec.export("INTERNAL_API_KEY");
    String names = "\"projectId\":\"" + shop.id() + "\",\"sessionId\":\"worked\",";

    Answer artifact =
        http.postJson(
            "/v1/internal/replay-results",
            "{"
                + names
                + "\"artifactType\":\"replay_video\",\"artifactKey\":\"videos/worked.webm\","
                + "\"triggerKind\":\"api_error\",\"windows\":[{\"startMs\":0,\"endMs\":900}]}",
            "X-Retrospec-Internal",
            internal);
    Answer report =
        http.postJson(
            "/v1/internal/analysis-reports",
            "{" + names + "\"status\":\"ready\",\"symptom\":\"Paying fails\",\"confidence\":0.9}",
            "X-Retrospec-Internal",
            internal);

    assertThat(artifact.status()).isEqualTo(202);
    assertThat(artifact.json().at("/artifact/status").asText()).isEqualTo("ready");
    assertThat(report.status()).isEqualTo(202);
    assertThat(report.json().at("/report/symptom").asText()).isEqualTo("Paying fails");
    assertThat(
            http.postJson(
                    "/v1/internal/analysis-reports",
                    "{\"projectId\":\"" + shop.id() + "\",\"sessionId\":\"nobody\"}",
                    "X-Retrospec-Internal",
                    internal)
                .status())
        .isEqualTo(404);
  }

  private Answer write(String path, String body) {
    return http.postJson(path, body, KEY, shop.ingestKey());
  }

  private Answer read(String path) {
    return http.get(path, KEY, shop.secretKey());
  }
}
