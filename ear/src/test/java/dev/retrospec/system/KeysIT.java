package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and that no project sees another one's data. */
@ExtendWith(RunningRetroSpec.class)
class KeysIT {

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
  void aProjectIsMadeWithAKeyThatOpensIt() {
    assertThat(shop.id()).startsWith("proj_");
    assertThat(http.get("/v1/issues", KEY, shop.secretKey()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":\" \",\"site\":\"s\"}", "{\"name\":\"n\"}"})
  void aProjectNeedsNameAndSite(String body) {
    Answer answer =
        http.postJson("/v1/admin/projects", body, "X-Retrospec-Admin", retroSpec.adminKey());

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void keysAreListedWithoutTheirSecrets() {
    Answer answer =
        http.get(
            "/v1/admin/projects/" + shop.id() + "/keys", "X-Retrospec-Admin", retroSpec.adminKey());

    assertThat(answer.json().get("keys")).hasSize(2);
    assertThat(answer.text()).doesNotContain(shop.secretKey()).doesNotContain(shop.ingestKey());
  }

  @Test
  void everyWayOfShowingAKeyIsUnderstood() {
    String key = shop.secretKey();

    assertThat(http.get("/v1/issues", KEY, key).status()).isEqualTo(200);
    assertThat(http.get("/v1/issues", "x-api-key", key).status()).isEqualTo(200);
    assertThat(http.get("/v1/issues", "Authorization", "Bearer " + key).status()).isEqualTo(200);
  }

  @Test
  void aKeyInTheAddressOpensOnlyWhatBeaconsSend() {
    assertThat(http.get("/v1/issues?key=rs_secret_wrong").status()).isEqualTo(200);
    assertThat(
            http.post(
                    "/v1/recordings/beacon/chunks/0?key=" + shop.ingestKey(),
                    Recordings.chunk("hidden").getBytes(),
                    "Content-Type",
                    "text/plain;charset=UTF-8")
                .status())
        .isEqualTo(202);
    assertThat(http.get("/v1/sessions/beacon", KEY, shop.secretKey()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/issues",
        "/v1/issues/stats",
        "/v1/issues/trend",
        "/v1/issues/some/sessions",
        "/v1/sessions",
        "/v1/sessions/some",
        "/v1/sessions/some/events",
        "/v1/sessions/some/manifest",
        "/v1/sessions/some/chunks/0",
        "/v1/sessions/some/timeline",
        "/v1/sessions?text=declined",
        "/v1/sessions/some/notes",
        "/v1/sessions/some/export",
        "/v1/sessions/some/export?format=html",
        "/v1/sessions/some/artifacts/replay_video",
        "/v1/sessions/some/artifacts/replay_video/token"
      })
  void anIngestKeyReadsNothing(String path) {
    assertThat(http.get(path, KEY, shop.ingestKey()).status()).isEqualTo(403);
  }

  @Test
  void anIngestKeyHearsOnlyWhatItTold() {
    String known = Recordings.report("guessed", "ada", "Pay failed");
    http.postJson("/v1/ingest/session", known, KEY, shop.secretKey());
    String guess = Recordings.report("guessed", "eve", "Guess").replace("\"m1\"", "\"m2\"");

    JsonNode heard =
        http.postJson("/v1/ingest/session", guess, KEY, shop.ingestKey()).json().get("session");

    assertThat(heard.get("markers").findValuesAsText("label")).containsExactly("Guess");
    assertThat(heard.has("userId")).isFalse();
    assertThat(session(shop, "guessed").get("markers")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/issues/promote",
        "/v1/maintenance/cleanup",
        "/v1/sessions/import?site=shop",
        "/v1/sessions/some/notes"
      })
  void anIngestKeyDecidesNothing(String path) {
    assertThat(http.postJson(path, "{}", KEY, shop.ingestKey()).status()).isEqualTo(403);
  }

  @Test
  void onlyTheAdministratorChangesWhatIsRecorded() {
    String rules = "/v1/admin/projects/" + shop.id() + "/recording-rules";

    for (String key : List.of(shop.ingestKey(), shop.secretKey())) {
      assertThat(http.get(rules, KEY, key).status()).isIn(401, 403);
      assertThat(patch(rules, "{\"enabled\":false}", key).status()).isIn(401, 403, 405);
    }
  }

  @Test
  void tagsAndLinksAreSetByWhoeverMayWrite() {
    http.postJson(
        "/v1/ingest/session",
        Recordings.report("sorted", "ada", "Pay failed"),
        KEY,
        shop.secretKey());
    String labels =
        """
        {"tags":["refund"],"links":[{"url":"https://tickets.example/4711","title":"Ticket 4711"}]}""";

    assertThat(patch("/v1/sessions/sorted", labels, shop.ingestKey()).status()).isEqualTo(403);
    JsonNode sorted = patch("/v1/sessions/sorted", labels, shop.secretKey()).json().get("session");
    assertThat(sorted.get("tags").toString()).isEqualTo("[\"refund\"]");
    assertThat(sorted.at("/links/0/title").asText()).isEqualTo("Ticket 4711");
    assertThat(
            http.get("/v1/sessions?tags=refund", KEY, shop.secretKey())
                .json()
                .get("sessions")
                .findValuesAsText("id"))
        .containsExactly("sorted");
    assertThat(patch("/v1/sessions/sorted", "{}", shop.secretKey()).status()).isEqualTo(400);
    assertThat(patch("/v1/sessions/nobody", labels, shop.secretKey()).status()).isEqualTo(404);
  }

  private Answer patch(String path, String json, String key) {
    return http.send(
        "PATCH", path, BodyPublishers.ofString(json), "Content-Type", "application/json", KEY, key);
  }

  @Test
  void anIngestKeyErasesNothing() {
    assertThat(http.delete("/v1/sessions/some", KEY, shop.ingestKey()).status()).isEqualTo(403);
  }

  @Test
  void aKeyStopsWorkingAtOnceWhenItIsRevoked() {
    JsonNode key = http.newKey(shop.id(), "secret");
    String raw = key.get("apiKey").asText();
    assertThat(http.get("/v1/issues", KEY, raw).status()).isEqualTo(200);

    Answer revoked =
        http.delete(
            "/v1/admin/projects/" + shop.id() + "/keys/" + key.get("apiKeyId").asText(),
            "X-Retrospec-Admin",
            retroSpec.adminKey());

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(http.get("/v1/issues", KEY, raw).status()).isEqualTo(401);
  }

  @Test
  void administrationIsClosedToProjectKeys() {
    for (String header : List.of("X-Retrospec-Admin", KEY)) {
      assertThat(http.get("/v1/admin/projects", header, shop.secretKey()).status()).isEqualTo(401);
    }
    assertThat(http.postJson("/v1/internal/replay-results", "{}", KEY, shop.secretKey()).status())
        .isEqualTo(401);
  }

  @Test
  void theSameSessionIdUnderTwoProjectsIsTwoSessions() {
    Project other = http.newProject();
    ingest(shop, "same", "ada", "Pay failed");
    ingest(other, "same", "bob", "Search failed");

    assertThat(session(shop, "same").get("userId").asText()).isEqualTo("ada");
    assertThat(session(other, "same").get("userId").asText()).isEqualTo("bob");
    assertThat(session(other, "same").at("/markers/0/label").asText()).isEqualTo("Search failed");
  }

  @Test
  void nothingOfAProjectIsSeenThroughAnotherOnesKey() {
    ingest(shop, "mine", "ada", "Pay failed");
    ingest(shop, "mine-too", "bob", "Pay failed");
    Project other = http.newProject();
    String cluster = session(shop, "mine").at("/markers/0/clusterKey").asText();

    for (String path :
        List.of(
            "/v1/sessions/mine",
            "/v1/sessions/mine/events",
            "/v1/sessions/mine/manifest",
            "/v1/sessions/mine/chunks/0",
            "/v1/sessions/mine/timeline",
            "/v1/issues/" + cluster,
            "/v1/issues/" + cluster + "/sessions")) {
      assertThat(http.get(path, KEY, shop.secretKey()).status()).as(path).isEqualTo(200);
      assertThat(http.get(path, KEY, other.secretKey()).status()).as(path).isEqualTo(404);
      // A client cannot choose another project by name, either.
      assertThat(http.get(path + "?project=" + shop.id(), KEY, other.secretKey()).status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(http.get("/v1/issues", KEY, other.secretKey()).json().get("issues")).isEmpty();
    assertThat(http.get("/v1/sessions", KEY, other.secretKey()).json().get("sessions")).isEmpty();
    assertThat(http.delete("/v1/sessions/mine", KEY, other.secretKey()).status()).isEqualTo(404);
    assertThat(session(shop, "mine").get("id").asText()).isEqualTo("mine");
  }

  @Test
  void anErasedSessionIsGone() {
    ingest(shop, "gone", "ada", "Pay failed");

    assertThat(http.delete("/v1/sessions/gone", KEY, shop.secretKey()).status()).isEqualTo(204);

    assertThat(http.get("/v1/sessions/gone", KEY, shop.secretKey()).status()).isEqualTo(404);
    assertThat(http.get("/v1/sessions/gone/events", KEY, shop.secretKey()).status()).isEqualTo(404);
  }

  private void ingest(Project project, String session, String user, String label) {
    assertThat(
            http.postJson(
                    "/v1/artifacts/session-events",
                    Recordings.upload(session),
                    KEY,
                    project.ingestKey())
                .status())
        .isEqualTo(201);
    assertThat(
            http.postJson(
                    "/v1/ingest/session",
                    Recordings.report(session, user, label),
                    KEY,
                    project.ingestKey())
                .status())
        .isEqualTo(202);
  }

  private JsonNode session(Project project, String id) {
    Answer answer = http.get("/v1/sessions/" + id, KEY, project.secretKey());
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().get("session");
  }
}
