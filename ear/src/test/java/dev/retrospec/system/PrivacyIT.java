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
import com.microsoft.playwright.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is somebody's reaches neither database nor store nor log nor queue, whatever way it goes.
 */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class PrivacyIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CORRELATION_ID = "theorderthatnobodymayknowof";

  private RetroSpec retroSpec;
  private Browser browser;
  private Customer customer;

  @BeforeEach
  void aProject(RetroSpec running, Browser chromium) {
    retroSpec = running;
    browser = chromium;
    assumeTrue(running.isOurs(), "The files of somebody else's server are not searched");
    customer = Customer.of(running);
  }

  /** Requests are told in detail, with their headers and bodies. */
  private void record(String privacyLevel) {
    new Http(retroSpec)
        .send(
            "PUT",
            "/v1/admin/projects/" + customer.projectId() + "/recording-rules",
            BodyPublishers.ofString(
                "{\"privacyLevel\":\"%s\",\"network\":{\"detailUrls\":[\"*/api/*\"]}}"
                    .formatted(privacyLevel)),
            "X-Retrospec-Admin",
            retroSpec.adminKey(),
            "Content-Type",
            "application/json")
        .expect(200);
  }

  @Test
  void nothingThatIsSomebodysIsKeptAnywhere() throws Exception {
    record("balanced");
    try (CanarySite site = new CanarySite(retroSpec, customer, "masked.html")) {
      String session;
      try (BrowserContext visitor = browser.newContext()) {
        Page page = visitor.newPage();
        String arrival =
            "/checkout?token=" + site.canary("address") + "#access_token=" + site.canary("hash");
        page.navigate(
            site.url(arrival).toString(),
            new Page.NavigateOptions()
                .setReferer(site.url("/from?who=" + site.canary("referrer")).toString()));
        session = sessionOf(page);
        type(page, site);
        page.locator("#label").click();
        fail(page);
        await()
            .atMost(SOON)
            .until(() -> manifestOf(session).path("assets").size() >= 2 && markers(session) >= 4);
      }
      customer.api().post("/v1/server-errors", serverError(site)).expect(202);

      Map<String, Set<String>> found = found(session, site);
      awaitPacked();
      found.putAll(found(session, site));

      assertThat(site.canaries()).hasSizeGreaterThan(60);
      assertThat(found).isEmpty();
      assertThatItIsTheVisit(session);
    }
  }

  /** The counter-proof: the same search where the page shows what was typed and said. */
  @Test
  void theSearchFindsWhatIsNotMasked() throws Exception {
    record("minimal");
    try (CanarySite site = new CanarySite(retroSpec, customer, "shown.html");
        BrowserContext visitor = browser.newContext()) {
      Page page = visitor.newPage();
      page.navigate(site.url("/checkout").toString());
      String session = sessionOf(page);
      page.locator("#comment").pressSequentially(site.canary("typed"));
      fail(page);
      await().atMost(SOON).until(() -> markers(session) >= 2);

      Map<String, Set<String>> spooled = found(session, site);
      awaitPacked();
      Map<String, Set<String>> packed = found(session, site);

      assertThat(spooled.get("replay")).contains("text", "typed", "log", "custom", "request");
      assertThat(packed.get("replay")).isEqualTo(spooled.get("replay"));
      assertThat(spooled.get("table error_marker")).contains("error");
      assertThat(spooled.get("table session_event")).contains("log");
    }
  }

  private static void type(Page page, CanarySite site) {
    page.locator("#email").fill(site.canary("email") + "@mail.example");
    page.locator("#password").pressSequentially(site.canary("password"));
    page.locator("#number").pressSequentially(site.card("number"));
    page.locator("#code").pressSequentially(site.canary("code"));
    page.locator("#name").pressSequentially(site.canary("name"));
    page.locator("#remark").pressSequentially(site.canary("remark"));
    page.locator("#note").pressSequentially(site.canary("note"));
    page.frameLocator("#frame").locator("#inner").pressSequentially(site.canary("inner"));
    page.locator("#shadow").pressSequentially(site.canary("shadow"));
    page.locator("#shown").pressSequentially(site.canary("shown"));
    page.evaluate("() => { document.querySelector('#shown').type = 'text'; }");
    page.locator("#shown").pressSequentially("more");
  }

  private static void fail(Page page) {
    page.locator("#fail").click();
    assertThat(page.locator("#said")).hasText("Failed");
    page.evaluate("() => window.retrospec.flush()");
  }

  private static ObjectNode serverError(CanarySite site) {
    ObjectNode thrown = JsonNodeFactory.instance.objectNode();
    thrown
        .putArray("errors")
        .addObject()
        .put("correlationId", CORRELATION_ID)
        .put("type", "dev.shop.NoAccount")
        .put("path", "/api/orders?user=" + site.canary("serverPath"))
        .put("message", "no account of " + site.canary("serverMessage") + "@mail.example")
        .put(
            "stack", "dev.shop.NoAccount: " + site.canary("serverStack") + "@mail.example\n\tat x");
    return thrown;
  }

  /** So that nothing is missing only because nothing was recorded. */
  private void assertThatItIsTheVisit(String session) {
    assertThat(replay(session))
        .contains("rs.network", "requestBody", "responseBody", "rs.console", "rs.custom", "Later: ")
        .contains("/api/orders", "/api/login", "cannot charge", "rs.click");
    assertThat(manifestOf(session).path("assets").toString()).contains("/tea.svg", "/cup.svg");
  }

  /** In which places values of which names are found. */
  private Map<String, Set<String>> found(String session, CanarySite site) throws Exception {
    Map<String, Set<String>> found = new TreeMap<>();
    try (Whereabouts whereabouts = new Whereabouts(retroSpec, site.canaries())) {
      whereabouts.in("replay", replay(session), found);
      whereabouts.in("manifest", manifestOf(session).toString(), found);
      whereabouts.in(
          "session", customer.api().get("/v1/sessions/" + session).json().toString(), found);
      whereabouts.inTables(found);
      whereabouts.inFiles(found);
    }
    found.values().removeIf(Set::isEmpty);
    return found;
  }

  private void awaitPacked() throws Exception {
    try (Database database = new Database(retroSpec)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  database.count(
                          "select count(*) from recording_chunk"
                              + " where project_id = ? and block_id is null",
                          customer.projectId())
                      == 0);
    }
  }

  private static String sessionOf(Page page) {
    page.waitForFunction("() => window.retrospec.isRecording()");
    return (String) page.evaluate("() => window.retrospec.sessionId()");
  }

  private int markers(String session) {
    return customer.api().get("/v1/sessions/" + session).json().at("/session/markers").size();
  }

  private JsonNode manifestOf(String session) {
    return customer.api().get("/v1/sessions/" + session + "/manifest").json();
  }

  /** All events as the player gets them: recordings lie encrypted. */
  private String replay(String session) {
    String path = "/v1/sessions/" + session;
    StringBuilder events = new StringBuilder();
    for (JsonNode chunk : customer.api().read(path + "/manifest").path("chunks")) {
      events.append(customer.api().get(path + "/chunks/" + chunk.path("seq")).expect(200).text());
    }
    return events.toString();
  }
}
