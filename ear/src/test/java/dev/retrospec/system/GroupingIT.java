package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why failures are one, and how that changes, over HTTP. */
@ExtendWith(RunningRetroSpec.class)
class GroupingIT {

  private static final String KEY = "X-Retrospec-Key";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String CALLS =
      "at totalOf (https://shop.example/assets/cart/totals.js:12:7)\\n"
          + "at renderCart (https://shop.example/assets/cart/view.js:40:3)\\n"
          + "at refreshBasket (https://shop.example/assets/cart/basket.js:8:1)\\n"
          + "at onQuantityChange (https://shop.example/assets/cart/basket.js:31:5)\\n"
          + "at dispatchChange (https://shop.example/assets/forms/input.js:77:9)";

  /** What threw was moved to another folder, and has one caller more. */
  private static final String OTHERWISE =
      CALLS
          .replace("cart/totals.js", "prices/totals.js")
          .replace(
              "at dispatchChange",
              "at withSpinner (https://shop.example/assets/forms/spinner.js:3:1)\\nat dispatchChange");

  private RetroSpec retroSpec;
  private Http http;
  private Project shop;

  @BeforeEach
  void aShop(RetroSpec running) {
    retroSpec = running;
    http = new Http(running);
    shop = http.newProject();
  }

  @Test
  void whatLooksAlikeIsJoinedSaysWhyAndIsTakenBack() {
    String issue = fails("one", CALLS);
    fails("two", CALLS);
    await().atMost(SOON).until(() -> compared(issue));
    fails("three", OTHERWISE);
    await().atMost(SOON).until(() -> !grouping(issue).at("/aliases").isEmpty());

    JsonNode why = grouping(issue);
    String alike = why.at("/aliases/0/key").asText();
    assertThat(alike).isNotEqualTo(issue);
    assertThat(why.at("/clusterKey").asText()).isEqualTo(issue);
    assertThat(why.at("/rule").asText()).isEqualTo("own_frames");
    assertThat(why.at("/version").asText()).isEqualTo("v2");
    assertThat(why.at("/type").asText()).isEqualTo("TypeError");
    assertThat(why.at("/frames/0/function").asText()).isEqualTo("totalOf");
    assertThat(why.at("/aliases/0/kind").asText()).isEqualTo("likeness");
    assertThat(why.at("/aliases/0/likeness/score").asDouble()).isGreaterThan(0.9);
    assertThat(read("/v1/issues/" + alike).json().at("/issue/key").asText()).isEqualTo(issue);
    assertThat(fails("four", OTHERWISE)).isEqualTo(issue);

    Answer separated =
        http.postJson(
            "/v1/issues/" + issue + "/separate",
            "{\"partKey\":\"" + alike + "\",\"createdBy\":\"ada\"}",
            KEY,
            shop.secretKey());

    assertThat(separated.status()).as(separated.text()).isEqualTo(202);
    assertThat(separated.json().at("/result/movedMarkerCount").asInt()).isEqualTo(2);
    assertThat(fails("five", OTHERWISE)).isEqualTo(alike);
    assertThat(grouping(alike).at("/constraints/0/kind").asText()).isEqualTo("cannot_link");
    assertThat(http.get("/v1/issues/" + issue + "/grouping", KEY, shop.ingestKey()).status())
        .isEqualTo(403);
    assertThat(read("/v1/issues/nobody/grouping").status()).isEqualTo(404);
  }

  @Test
  void issuesOfOlderRulesAreBroughtToTheNewOnesAndTheirLinksStay() throws SQLException {
    fails("one", CALLS);
    String key = fails("two", CALLS);
    try (Database database = new Database(retroSpec)) {
      String count = "select count(*) from cluster_delta where project_id = ?";
      await().atMost(SOON).until(() -> database.count(count, shop.id()) == 0);
      for (String column :
          new String[] {
            "error_marker cluster_key",
            "cluster_session cluster_key",
            "cluster_user cluster_key",
            "issue_cluster key"
          }) {
        String[] words = column.split(" ");
        database.count(
            ("with done as (update %1$s set %2$s = 'v1-old' where project_id = ? returning 1)"
                    + " select count(*) from done")
                .formatted(words[0], words[1]),
            shop.id());
      }
      database.count(
          "with done as (update error_marker set fingerprint = null where project_id = ?"
              + " returning 1) select count(*) from done",
          shop.id());
    }

    JsonNode dry = regroup("");
    assertThat(dry.at("/dryRun").asBoolean()).isTrue();
    assertThat(dry.at("/report/markersMoved").asInt()).isEqualTo(2);
    assertThat(dry.at("/report/renamed").asInt()).isEqualTo(1);
    assertThat(read("/v1/issues/v1-old").json().at("/issue/key").asText()).isEqualTo("v1-old");

    JsonNode real = regroup("{\"dryRun\":false}");

    assertThat(real.get("report")).isEqualTo(dry.get("report"));
    assertThat(real.at("/markersMoved").asInt()).isEqualTo(2);
    JsonNode moved = read("/v1/issues/v1-old").json().get("issue");
    assertThat(moved.get("key").asText()).isEqualTo(key);
    assertThat(moved.get("sessionCount").asInt()).isEqualTo(2);
    assertThat(grouping("v1-old").at("/aliases/0/kind").asText()).isEqualTo("regroup");
    assertThat(
            http.postJson(
                    "/v1/admin/projects/" + shop.id() + "/regroup", "{}", KEY, shop.secretKey())
                .status())
        .isIn(401, 403);
  }

  private JsonNode regroup(String body) {
    String path = "/v1/admin/projects/" + shop.id() + "/regroup";
    String[] admin = {"X-Retrospec-Admin", retroSpec.adminKey()};
    Answer asked = http.postJson(path, body, admin);
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    String id = asked.json().at("/regroup/id").asText();
    return await()
        .atMost(SOON)
        .until(
            () -> http.get(path + "/" + id, admin).json().get("regroup"),
            run -> run.get("state").asText().equals("done"));
  }

  private boolean compared(String key) throws SQLException {
    try (Database database = new Database(retroSpec)) {
      return database.count(
              "select count(*) from failure_signature where project_id = ? and owner_id = ?",
              shop.id(),
              key)
          > 0;
    }
  }

  private String fails(String session, String calls) {
    String body =
        """
        {"session":{"id":"%s","site":"shop.example","route":"/cart","userId":"user of %s",
          "startedAt":"2026-01-01T12:00:00Z","durationMs":1000},
         "markers":[{"id":"m1","label":"TypeError: no price","replayOffsetMs":900,
          "kind":"js_exception","error":{"type":"TypeError","message":"no price",
          "stack":"TypeError: no price\\n%s"}}]}"""
            .formatted(session, session, calls);
    Answer answer = http.postJson("/v1/ingest/session", body, KEY, shop.ingestKey());
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().at("/session/markers/0/clusterKey").asText();
  }

  private JsonNode grouping(String key) {
    return read("/v1/issues/" + key + "/grouping").json().get("grouping");
  }

  private Answer read(String path) {
    return http.get(path, KEY, shop.secretKey());
  }
}
