package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A CI job has its author told, and each channel has its own fate. */
@ExtendWith(RunningRetroSpec.class)
class RunMessagesIT {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private final Map<String, JsonNode> heard = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final String run = UUID.randomUUID().toString();
  private HttpServer listeners;
  private RetroSpec retroSpec;
  private Customer customer;

  @BeforeEach
  void aProjectWithChatAndWebhook(RetroSpec running) throws IOException {
    retroSpec = running;
    customer = Customer.of(running);
    listeners = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listeners.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          heard.put(path, Api.JSON.readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(answers.getOrDefault(path, 200), -1);
          exchange.close();
        });
    listeners.start();
    channel("slack");
    channel("webhook");
  }

  @AfterEach
  void nobodyListens() {
    listeners.stop(0);
  }

  @Test
  void tellsEachChannelOnceAndSaysSo() {
    JsonNode answer = customer.api().post("/notify", notice()).expect(200).json();
    customer.api().post("/notify", notice()).expect(200);

    assertThat(answer.get("status").asText()).isEqualTo("sent");
    await().atMost(DELIVERY).until(() -> status("slack").equals("sent"));
    await().atMost(DELIVERY).until(() -> status("webhook").equals("sent"));
    assertThat(heard.get("/slack").get("text").asText())
        .isEqualTo("1 test failed on feature/new-ui (abc123de)");
    assertThat(heard.get("/slack").toString()).contains("View Full Report", run);
    assertThat(heard.get("/webhook").at("/run/failedTests/0/testName").asText())
        .isEqualTo("test_api_integration");
    assertThat(heard.get("/webhook").toString()).doesNotContain("hunter2");
  }

  @Test
  void goesOnWhenOneChannelIsAway() {
    answers.put("/slack", 503);

    customer.api().post("/notify", notice()).expect(200);

    await().atMost(DELIVERY).until(() -> status("webhook").equals("sent"));
    await().atMost(DELIVERY).until(() -> heard.containsKey("/slack"));
    assertThat(status("slack")).isEqualTo("pending");
  }

  @Test
  void keepsAnotherProjectOut() {
    customer.api().post("/notify", notice()).expect(200);

    assertThat(
            Customer.of(retroSpec)
                .api()
                .read("/v1/notifications?testRunId=" + run)
                .get("notifications"))
        .isEmpty();
  }

  @Test
  void namesTheFieldThatIsMissingAndAsksForAKey() {
    ObjectNode incomplete = notice();
    incomplete.remove("commitHash");

    assertThat(customer.api().post("/notify", incomplete).expect(400).json().get("error").asText())
        .contains("commitHash");
    assertThat(Api.with(retroSpec, "wrong").post("/notify", notice()).status()).isEqualTo(401);
    assertThat(Api.with(retroSpec, customer.ingestKey()).post("/notify", notice()).status())
        .isIn(401, 403);
  }

  private void channel(String name) {
    ObjectNode target = Api.JSON.createObjectNode();
    target.put("url", "http://127.0.0.1:" + listeners.getAddress().getPort() + "/" + name);
    new Http(retroSpec)
        .send(
            "PUT",
            "/v1/admin/projects/" + customer.projectId() + "/channels/" + name,
            BodyPublishers.ofString(target.toString()),
            "X-Retrospec-Admin",
            retroSpec.adminKey(),
            "Content-Type",
            "application/json")
        .expect(200);
  }

  private String status(String channel) {
    for (JsonNode message :
        customer.api().read("/v1/notifications?testRunId=" + run).get("notifications")) {
      if (message.get("channel").asText().equals(channel)) {
        return message.get("status").asText();
      }
    }
    return "none";
  }

  private ObjectNode notice() {
    ObjectNode notice = Api.JSON.createObjectNode();
    notice.put("testRunId", run).put("commitHash", "abc123def456").put("author", "john");
    notice.put("branch", "feature/new-ui");
    notice
        .putArray("failedTests")
        .addObject()
        .put("testName", "test_api_integration")
        .put("errorMessage", "Connection refused")
        .put("stackTrace", "at https://ada:hunter2@db.test/x");
    return notice;
  }
}
