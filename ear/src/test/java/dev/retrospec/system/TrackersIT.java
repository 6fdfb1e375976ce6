package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
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

/** An administrator ties a project to a tracker; an issue and its ticket keep in step. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class TrackersIT {

  private static final String TOKEN = "token-of-the-tracker";
  private static final Duration DELIVERY = Duration.ofSeconds(60);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Dashboard dashboard;
  private HttpServer gitHub;
  private String address;

  @BeforeEach
  void aTrackerThatKnowsOneToken(RetroSpec running) throws IOException, SQLException {
    assumeThat(running.isOurs()).as("it was told which trackers may be asked").isTrue();
    dashboard = Dashboard.withAWeekOfVisits(running);
    address = RunningRetroSpec.TOLD.get("TICKET_SERVERS");
    gitHub =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(address).getPort()),
            0);
    gitHub.createContext("/", this::answer);
    gitHub.start();
  }

  @AfterEach
  void stop() {
    gitHub.stop(0);
  }

  @Test
  void trackerIsSetUpTriedAndUsed(Page page) throws Exception {
    page.navigate(dashboard.address("/admin/projects/" + dashboard.project()));
    dashboard.signInAsAdministrator(page);
    page.getByText("Add GitHub").click();
    page.locator("#github-place").fill("acme/shop");
    page.locator("#github-server").fill(address);
    page.locator("#github-token").fill("wrong");
    page.locator("#github-closes").check();
    button(page, "Save GitHub").click();

    Locator list = page.locator("#tracker-list");
    assertThat(list.getByText("Does not work")).isVisible();
    assertThat(list).containsText("GitHub answered 401 (Bad credentials)");
    String secret = page.locator("#tracker-secret").textContent();
    String hook = page.locator("#tracker-address").textContent();

    page.getByText("Change GitHub").click();
    page.locator("#github-token").fill(TOKEN);
    button(page, "Save GitHub").click();
    assertThat(list.getByText("Works")).isVisible();
    assertThat(page.content()).doesNotContain(secret).doesNotContain(TOKEN);
    assertThat(asked).as("a trial writes nothing").allMatch(one -> one.startsWith("GET "));

    page.navigate(dashboard.address("/admin/issues/v1-pay-502"));
    button(page, "Create ticket").click();
    Locator tickets = page.locator("#ticket-list");
    assertThat(tickets.locator(".pill")).hasText("Open");
    assertThat(tickets).containsText("GitHub 12");

    tell(page, hook, secret);
    page.reload();
    assertThat(page.locator(".head-facts")).containsText("Resolved");
    assertThat(tickets.locator(".pill")).hasText("Closed");

    button(page, "Untie GitHub 12").click();
    assertThat(page.getByText("The ticket is untied.")).isVisible();
  }

  @Test
  void resolvedIssueClosesItsTicket(Page page) {
    page.navigate(dashboard.address("/admin/projects/" + dashboard.project()));
    dashboard.signInAsAdministrator(page);
    page.getByText("Add GitHub").click();
    page.locator("#github-place").fill("acme/shop");
    page.locator("#github-server").fill(address);
    page.locator("#github-token").fill(TOKEN);
    page.locator("#github-closes").check();
    button(page, "Save GitHub").click();

    page.navigate(dashboard.address("/admin/issues/v1-pay-502"));
    page.getByLabel("Existing").fill("https://github.com/acme/other/issues/12");
    button(page, "Link").click();
    assertThat(page.getByText("the ticket is not one of acme/shop")).isVisible();
    page.getByLabel("Existing").fill("#12");
    button(page, "Link").click();
    assertThat(page.locator("#ticket-list .pill")).hasText("Open");

    button(page, "Resolve").click();

    await().atMost(DELIVERY).until(() -> asked.contains("PATCH /repos/acme/shop/issues/12"));
  }

  @Test
  void aDeveloperSeesTrackersAndDoesNotChangeThem(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/projects/" + dashboard.project());

    assertThat(page.locator("#trackers-title")).isVisible();
    assertThat(page.getByText("Add GitHub")).hasCount(0);
  }

  private static void tell(Page page, String hook, String secret) throws GeneralSecurityException {
    String body =
        "{\"action\":\"closed\",\"issue\":{\"number\":12,\"state_reason\":\"completed\"},"
            + "\"repository\":{\"full_name\":\"acme/shop\"}}";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    int status =
        page.request()
            .post(
                hook,
                com.microsoft.playwright.options.RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setHeader("X-GitHub-Event", "issues")
                    .setHeader("X-Hub-Signature-256", "sha256=" + signature)
                    .setData(body))
            .status();
    assertThat(status).isEqualTo(204);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    exchange.getRequestBody().readAllBytes();
    boolean isKnown =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String issue =
        "{\"number\":12,\"state\":\"open\",\"body\":\"\","
            + "\"html_url\":\"https://github.com/acme/shop/issues/12\"}";
    String json =
        !isKnown
            ? "{\"message\":\"Bad credentials\"}"
            : path.equals("/repos/acme/shop") ? "{\"has_issues\":true}" : issue;
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(isKnown ? 200 : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
