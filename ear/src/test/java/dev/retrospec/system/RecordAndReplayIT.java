package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job, from a visitor's browser to a developer's. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class RecordAndReplayIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private RetroSpec retroSpec;
  private Browser browser;
  private Customer customer;
  private CheckoutSite site;

  @BeforeEach
  void aSiteWithTheSnippet(RetroSpec running, Browser chromium) throws IOException {
    retroSpec = running;
    browser = chromium;
    customer = Customer.of(running);
    site = new CheckoutSite(running, customer);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void leadsFromAFailureOfTwoVisitorsToTheReplayOfThatMoment(Page developer) {
    String first = failAtTheCheckout("ada@mail.example");
    String second = failAtTheCheckout("bela@mail.example");

    JsonNode issue = theOnlyIssueOnce(2);
    assertThat(issue.path("userCount").asInt()).isEqualTo(2);
    assertThat(issue.path("representativeSessionId").asText()).isIn(first, second);

    developer.navigate(page("/admin/issues"));
    signIn(developer);
    developer.getByRole(AriaRole.LINK, named(issue.path("symptom").asText())).first().click();
    assertThat(developer.getByRole(AriaRole.HEADING, heading(1)))
        .hasText(issue.path("symptom").asText());
    assertThatItShowsTheFailingMoment(developer);

    Locator sessions = developer.locator("a.line-title");
    assertThat(sessions).hasCount(2);
    sessions.first().click();
    developer.waitForURL(Pattern.compile(".*/admin/sessions/.*marker=.*"));
    assertThatItShowsTheFailingMoment(developer);
  }

  @Test
  void showsFieldsMaskedInTheReplay(Page developer) {
    String session = failAtTheCheckout("ada@mail.example");
    JsonNode marker = await().atMost(SOON).until(() -> markersOf(session), all -> all.size() == 1);

    developer.navigate(
        page("/admin/sessions/" + session) + "&marker=" + marker.at("/0/id").asText());
    signIn(developer);

    Locator email = replay(developer).locator("#email");
    assertThat(email).hasValue(Pattern.compile("\\*+"));
    assertThat(replay(developer).locator("#remark")).hasValue(Pattern.compile("\\*+"));
  }

  @Test
  void showsThePagesPictureAfterTheSiteHasGone(Page developer) {
    String session;
    try (BrowserContext visitor = browser.newContext()) {
      Page page = open(visitor);
      session = sessionOf(page);
      await().atMost(SOON).until(() -> manifestOf(session).path("assets").size() == 1);
      page.evaluate("() => window.retrospec.flush()");
    }
    site.close();

    developer.navigate(page("/admin/sessions/" + session));
    signIn(developer);

    Locator picture = replay(developer).locator("#tea");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(picture.evaluate("image => image.naturalWidth")).isEqualTo(64));
    assertThat(customer.api().get("/v1/sessions/" + session + "/export?format=html").text())
        .contains("\"url\":\"" + site.url("/tea.svg") + "\"", "data:image/svg+xml;base64,");
  }

  @Test
  void joinsWhatTheSitesServerThrewToTheSessionThatMetIt() {
    ObjectNode thrown = JsonNodeFactory.instance.objectNode();
    thrown
        .putArray("errors")
        .addObject()
        .put("correlationId", CheckoutSite.CORRELATION_ID)
        .put("type", "dev.shop.WarehouseClosed")
        .put("stack", "dev.shop.WarehouseClosed\n\tat dev.shop.Orders.take(Orders.java:7)");
    customer.api().post("/v1/server-errors", thrown).expect(202);
    try (BrowserContext visitor = browser.newContext()) {
      Page page = open(visitor);
      page.locator("#order").click();
      page.evaluate("() => window.retrospec.flush()");

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(manifestOf(sessionOf(page)).at("/serverErrors/0/type").asText())
                      .isEqualTo("dev.shop.WarehouseClosed"));
    }
  }

  @Test
  void receivesWhatHappenedJustBeforeThePageWasLeft() {
    try (BrowserContext visitor = browser.newContext()) {
      Page page = open(visitor);
      String session = sessionOf(page);
      page.locator("#thank").click();
      page.navigate("about:blank");

      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(recorded(session)).contains("Last words"));
    }
  }

  @Test
  void letsNothingThatWasTypedReachDatabaseStoreOrLogs() throws Exception {
    assumeTrue(retroSpec.isOurs(), "The files of somebody else's server are not searched");
    String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
    String session;
    try (BrowserContext visitor = browser.newContext()) {
      Page page = visitor.newPage();
      page.navigate(site.url("/checkout?token=" + canary).toString());
      session = sessionOf(page);
      page.locator("#email").pressSequentially(canary + "@mail.example");
      page.locator("#remark").pressSequentially("My secret is " + canary);
      page.locator("#password").pressSequentially(canary);
      fail(page);
    }
    await().atMost(SOON).until(() -> markersOf(session).size() == 1);

    // Recordings are encrypted where they lie: their plain text is what a reader gets.
    assertThat(recorded(session)).contains("Paying").doesNotContain(canary);
    assertThat(tablesWith(session)).contains("session", "error_marker");
    assertThat(tablesWith(canary)).isEmpty();
    await().atMost(Duration.ofSeconds(60)).until(this::allPacked);
    assertThat(filesWith(canary)).isEmpty();
  }

  /** What a visitor does; returns the id of the session. */
  private String failAtTheCheckout(String email) {
    try (BrowserContext visitor = browser.newContext()) {
      Page page = open(visitor);
      page.locator("#email").pressSequentially(email);
      page.locator("#remark").pressSequentially("Please ring twice");
      fail(page);
      return sessionOf(page);
    }
  }

  private Page open(BrowserContext visitor) {
    Page page = visitor.newPage();
    page.navigate(site.url("/checkout").toString());
    page.waitForFunction("() => window.retrospec.isRecording()");
    return page;
  }

  private static void fail(Page page) {
    page.locator("#pay").click();
    assertThat(page.locator("#status")).hasText("Please start over");
    page.evaluate("() => window.retrospec.flush()");
  }

  private static String sessionOf(Page page) {
    page.waitForFunction("() => window.retrospec.isRecording()");
    return (String) page.evaluate("() => window.retrospec.sessionId()");
  }

  private JsonNode theOnlyIssueOnce(int sessions) {
    JsonNode issues =
        await()
            .atMost(SOON)
            .until(
                () -> customer.api().read("/v1/issues?state=open").path("issues"),
                found -> found.at("/0/sessionCount").asInt() == sessions);
    assertThat(issues).hasSize(1);
    return issues.get(0);
  }

  private JsonNode markersOf(String session) {
    return customer.api().get("/v1/sessions/" + session).json().at("/session/markers");
  }

  private JsonNode manifestOf(String session) {
    return customer.api().get("/v1/sessions/" + session + "/manifest").json();
  }

  /** All events as the player gets them. */
  private String recorded(String session) {
    String path = "/v1/sessions/" + session;
    StringBuilder events = new StringBuilder();
    for (JsonNode chunk : customer.api().read(path + "/manifest").path("chunks")) {
      events.append(customer.api().get(path + "/chunks/" + chunk.path("seq")).expect(200).text());
    }
    return events.toString();
  }

  private void signIn(Page developer) {
    developer.getByLabel("User name").fill(retroSpec.export("RETROSPEC_USER"));
    developer.getByLabel("Password").fill(retroSpec.export("RETROSPEC_PASSWORD"));
    developer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
  }

  private static void assertThatItShowsTheFailingMoment(Page developer) {
    assertThat(replay(developer).locator("#status")).hasText("Paying");
    assertThat(replay(developer).getByRole(AriaRole.HEADING)).hasText("Checkout");
  }

  private static FrameLocator replay(Page developer) {
    return developer.frameLocator("iframe.player").frameLocator(".screen.is-shown iframe");
  }

  private String page(String path) {
    URI uri = retroSpec.url(path + "?project=" + customer.projectId());
    return uri.toString();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions heading(int level) {
    return new Page.GetByRoleOptions().setLevel(level);
  }

  private List<String> tablesWith(String text) throws Exception {
    try (Database database = new Database(retroSpec)) {
      List<String> tables =
          database.rows("select tablename from pg_tables where schemaname = current_schema()");
      assertThat(tables).contains("session", "session_event", "error_marker");
      return tables.stream()
          .filter(
              table -> {
                String sql = "select count(*) from \"" + table + "\" t where t::text like ?";
                return database.count(sql, "%" + text + "%") > 0;
              })
          .toList();
    }
  }

  private boolean allPacked() throws Exception {
    try (Database database = new Database(retroSpec)) {
      return database.count(
              "select count(*) from recording_chunk where project_id = ? and block_id is null",
              customer.projectId())
          == 0;
    }
  }

  /** Logs, the object store's files, the broker's journal: everything but PostgreSQL's own. */
  private List<Path> filesWith(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(retroSpec.home())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(retroSpec.home().resolve("data/postgresql")))
          .filter(file -> contains(file, wanted))
          .toList();
    }
  }

  private static boolean contains(Path file, byte[] wanted) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }
}
