package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static dev.retrospec.system.Dashboard.heading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A team makes a rule, something breaks, and the team is told once and kept informed. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class AlertsIT {

  private static final Duration DELIVERY = Duration.ofSeconds(60);

  /** What somebody heard. */
  private record Heard(String path, String signature, String key, String text) {

    JsonNode json() throws IOException {
      return Api.JSON.readTree(text);
    }
  }

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private RetroSpec retroSpec;
  private Customer customer;
  private HttpServer slack;
  private HttpServer team;

  @BeforeEach
  void aTeamThatListens(RetroSpec running) throws IOException {
    assumeThat(running.isOurs()).as("it was told where Slack is").isTrue();
    retroSpec = running;
    customer = Customer.of(running);
    slack = listen(URI.create(RunningRetroSpec.TOLD.get("SLACK_API_URL")).getPort());
    team = listen(0);
  }

  @AfterEach
  void nobodyListens() {
    slack.stop(0);
    team.stop(0);
  }

  @Test
  void tellsANewIssueOnceWithASignatureAndChangesTheMessageWhenItIsResolved() throws Exception {
    JsonNode saved = customer.api().post(rules(), rule()).expect(201).json();
    String secret = saved.at("/newSecrets/0/secret").asText();
    RecordedVisit first = RecordedVisit.of(customer.site());
    RecordedVisit second = RecordedVisit.of(customer.site());
    ingest(first, "ada");
    ingest(second, "bela");
    String issue = customer.api().read("/v1/issues").at("/issues/0/key").asText();

    await().atMost(DELIVERY).until(() -> told("sent").size() == 2);

    Heard hook = only("/hook");
    assertThat(hook.json().get("event").asText()).isEqualTo("issue_cluster_promoted");
    assertThat(hook.json().at("/cluster/key").asText()).isEqualTo(issue);
    assertThat(hook.signature()).isEqualTo(signature(hook, secret));
    assertThat(hook.key()).startsWith("delivery_");
    assertThat(only("/api/chat.postMessage").json().get("channel").asText()).isEqualTo("C042");

    ObjectNode resolved = Api.JSON.createObjectNode().put("state", "resolved");
    customer.api().post("/v1/issues/" + issue + "/state", resolved).expect(200);

    await().atMost(DELIVERY).until(() -> of("/api/chat.postMessage").size() == 2);
    await().atMost(DELIVERY).until(() -> told("sent").size() == 3);
    JsonNode changed = only("/api/chat.update").json();
    assertThat(changed.get("ts").asText()).isEqualTo("1767225600.000100");
    assertThat(changed.toString()).contains("Resolved");
    JsonNode reply = of("/api/chat.postMessage").get(1).json();
    assertThat(reply.get("thread_ts").asText()).isEqualTo("1767225600.000100");
    assertThat(of("/hook")).hasSize(1);
  }

  @Test
  void testsARuleAndSaysHowItWent() {
    String id = customer.api().post(rules(), rule()).expect(201).json().at("/rule/id").asText();

    JsonNode tested = customer.api().post(rules() + "/" + id + "/test").expect(200).json();

    assertThat(tested.get("deliveries")).hasSize(2);
    assertThat(tested.get("deliveries").findValuesAsText("status")).containsOnly("sent");
    assertThat(only("/hook").text()).contains("\"test\":true");
  }

  @Test
  void keepsSecretsAndOtherProjectsOut() {
    Http.Answer made = customer.api().post(rules(), rule()).expect(201);
    String id = made.json().at("/rule/id").asText();

    assertThat(customer.api().get(rules()).text()).contains("127.0.0.1").doesNotContain("xoxb");
    Customer.of(retroSpec).api().get(rules() + "/" + id).expect(404);
    assertThat(change(id, "\"v9\"").status()).isEqualTo(412);
    assertThat(change(id, made.header("ETag")).status()).isEqualTo(200);
    ObjectNode inside = rule();
    ((ObjectNode) inside.at("/channels/0")).put("url", "http://10.0.0.7/");
    customer.api().post(rules(), inside).expect(400);
  }

  @Test
  void isSetUpAndTriedOnItsPage(Page page) throws SQLException {
    Dashboard dashboard = Dashboard.withAWeekOfVisits(retroSpec);
    dashboard.open(page, dashboard.developer(), "/admin/alerts");
    page.getByText("Make a rule").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("On call");
    page.getByLabel("Post signed JSON").check();
    page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true)).fill(hook());
    page.getByLabel("Quiet hours", new Page.GetByLabelOptions().setExact(true))
        .fill("sat,sun 00:00-00:00");
    button(page, "Save rule").click();
    assertThat(heading(page, "The webhook’s secret")).isVisible();
    assertThat(page.locator("#alert-secret")).containsText("whsec_");

    page.navigate(dashboard.address("/admin/alerts"));
    page.getByText("Send a test").click();
    assertThat(page.getByText("A test message is on its way")).isVisible();
    await().atMost(DELIVERY).until(() -> !of("/hook").isEmpty());
    await()
        .atMost(DELIVERY)
        .until(
            () -> {
              page.navigate(dashboard.address("/admin/alerts"));
              return page.getByText("answered 200").count() == 1;
            });
  }

  private ObjectNode rule() {
    ObjectNode rule = Api.JSON.createObjectNode().put("name", "On call");
    rule.putArray("events").add("new_issue");
    rule.withArray("channels").addObject().put("kind", "webhook").put("url", hook());
    rule.withArray("channels")
        .addObject()
        .put("kind", "slack")
        .put("token", "xoxb-of-the-test")
        .put("slackChannel", "C042");
    return rule;
  }

  private Http.Answer change(String id, String version) {
    return customer.api().put(rules() + "/" + id, rule().put("name", "Renamed"), version);
  }

  private String rules() {
    return "/v1/projects/" + customer.projectId() + "/alert-rules";
  }

  private String hook() {
    return "http://127.0.0.1:" + team.getAddress().getPort() + "/hook";
  }

  private List<JsonNode> told(String status) {
    List<JsonNode> told = new java.util.ArrayList<>();
    customer
        .api()
        .read("/v1/projects/" + customer.projectId() + "/alert-deliveries")
        .get("deliveries")
        .forEach(told::add);
    told.removeIf(one -> !one.get("status").asText().equals(status));
    return told;
  }

  private void ingest(RecordedVisit visit, String user) {
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

  private List<Heard> of(String path) {
    return heard.stream().filter(one -> one.path().equals(path)).toList();
  }

  private Heard only(String path) {
    assertThat(of(path)).hasSize(1);
    return of(path).get(0);
  }

  /** As a receiver checks it. */
  private static String signature(Heard hook, String secret) throws GeneralSecurityException {
    String at = hook.signature().replaceAll("^t=(\\d+),.*", "$1");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] proof = mac.doFinal((at + "." + hook.text()).getBytes(StandardCharsets.UTF_8));
    return "t=" + at + ",v1=" + HexFormat.of().formatHex(proof);
  }

  /** A webhook, and the two methods of Slack's Web API as Slack documents them. */
  private HttpServer listen(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(
              new Heard(
                  path,
                  header(exchange, "X-Retrospec-Signature"),
                  header(exchange, "Idempotency-Key"),
                  body));
          boolean isKnown =
              !path.startsWith("/api/")
                  || header(exchange, "Authorization").equals("Bearer xoxb-of-the-test");
          byte[] answer =
              (isKnown
                      ? "{\"ok\":true,\"channel\":\"C042\",\"ts\":\"1767225600.000100\"}"
                      : "{\"ok\":false,\"error\":\"invalid_auth\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
