package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a team decides about issues, over HTTP. */
@ExtendWith(RunningRetroSpec.class)
class DecisionsIT {

  private static final String KEY = "X-Retrospec-Key";

  private Http http;
  private Project shop;
  private String issue;

  @BeforeEach
  void anIssue(RetroSpec running) {
    http = new Http(running);
    shop = http.newProject();
    report("one", "Pay failed");
    issue = report("two", "Pay failed");
  }

  @Test
  void aResolvedIssueLeavesTheActiveOnes() {
    Answer decided = decide("{\"state\":\"resolved\",\"assignee\":\"ada\",\"note\":\"fixed\"}");

    assertThat(decided.status()).isEqualTo(200);
    assertThat(decided.json().at("/state/state").asText()).isEqualTo("resolved");
    assertThat(decided.json().at("/state/assignee").asText()).isEqualTo("ada");
    assertThat(read("/v1/issues?state=active").json().get("issues")).isEmpty();
    assertThat(read("/v1/issues?state=resolved").json().get("issues")).hasSize(1);
  }

  @Test
  void aMuteNeedsAnEnd() {
    assertThat(decide("{\"state\":\"muted\"}").status()).isEqualTo(400);
    assertThat(decide("{\"state\":\"muted\",\"mutedUntil\":\"2020-01-01T00:00:00Z\"}").status())
        .isEqualTo(400);
    assertThat(decide("{\"state\":\"muted\",\"mutedUntil\":\"2999-01-01T00:00:00Z\"}").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"state\":\"regressed\"}",
        "{\"state\":\"nope\"}",
        "{\"state\":5}",
        "{\"state\":\"muted\",\"mutedUntil\":\"tomorrow\"}"
      })
  void aDecisionThatCannotBeIsRefused(String body) {
    assertThat(decide(body).status()).isEqualTo(400);
  }

  @Test
  void whoHasNotSeenTheLastDecisionCannotDecide() {
    String seen = read("/v1/issues/" + issue).header("ETag");
    assertThat(decide("{\"state\":\"acknowledged\"}", "If-Match", seen).status()).isEqualTo(200);

    assertThat(decide("{\"state\":\"resolved\"}", "If-Match", seen).status()).isEqualTo(412);
  }

  @Test
  void aWordIsKept() {
    String path = "/v1/issues/" + issue + "/feedback";

    Answer said =
        write(
            path,
            "{\"kind\":\"false_positive\",\"note\":\"a test\",\"createdBy\":\"ada\","
                + "\"metadata\":{\"why\":[\"nul \\u0000\",null,{\"deep\\u0000\":1}]}}");

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.json().at("/feedback/kind").asText()).isEqualTo("false_positive");
    assertThat(read(path).json().at("/feedback/0/note").asText()).isEqualTo("a test");
  }

  @Test
  void mergedIssuesAreOneAndStayOne() {
    report("three", "Search failed");
    String other = report("four", "Search failed");

    Answer merged =
        write(
            "/v1/issues/merge",
            "{\"targetClusterKey\":\"" + issue + "\",\"sourceClusterKeys\":[\"" + other + "\"]}");

    assertThat(merged.status()).as(merged.text()).isEqualTo(202);
    assertThat(merged.json().at("/result/movedMarkerCount").asInt()).isEqualTo(2);
    assertThat(merged.json().at("/result/targetCluster/sessionCount").asInt()).isEqualTo(4);
    assertThat(report("five", "Search failed")).isEqualTo(issue);
    assertThat(read("/v1/issues").json().get("issues")).hasSize(1);
  }

  @Test
  void aSplitTakesSessionsOut() {
    Answer split = write("/v1/issues/" + issue + "/split", "{\"sessionIds\":[\"two\"]}");

    assertThat(split.status()).as(split.text()).isEqualTo(202);
    String made = split.json().at("/result/newClusterKey").asText();
    assertThat(made).isNotEqualTo(issue);
    assertThat(
            read("/v1/issues/" + made + "/sessions")
                .json()
                .get("sessions")
                .findValuesAsText("sessionId"))
        .containsExactly("two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/issues/nobody/state {\"state\":\"resolved\"}",
        "/v1/issues/nobody/feedback {\"kind\":\"noise\"}",
        "/v1/issues/nobody/split {\"sessionIds\":[\"one\"]}"
      })
  void nothingIsDecidedAboutWhatIsNotThere(String request) {
    String[] parts = request.split(" ", 2);

    assertThat(write(parts[0], parts[1]).status()).isEqualTo(404);
  }

  @Test
  void anIngestKeyDecidesNothing() {
    assertThat(
            http.postJson(
                    "/v1/issues/" + issue + "/state",
                    "{\"state\":\"resolved\"}",
                    KEY,
                    shop.ingestKey())
                .status())
        .isEqualTo(403);
  }

  /** The key of the cluster in which the failure was put. */
  private String report(String session, String label) {
    Answer answer =
        http.postJson(
            "/v1/ingest/session",
            Recordings.report(session, "user of " + session, label),
            KEY,
            shop.ingestKey());
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    JsonNode key = answer.json().at("/session/markers/0/clusterKey");
    return key.asText();
  }

  private Answer decide(String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = KEY;
    all[headers.length + 1] = shop.secretKey();
    return http.postJson("/v1/issues/" + issue + "/state", body, all);
  }

  private Answer write(String path, String body) {
    return http.postJson(path, body, KEY, shop.secretKey());
  }

  private Answer read(String path) {
    return http.get(path, KEY, shop.secretKey());
  }
}
