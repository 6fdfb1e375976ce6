package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real build, a real browser: what it throws is told in the code that people wrote. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class SourceMapsIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  /** Column and line of {@code .price.amount} in the source. */
  private static final String ORIGINAL = "at chargeCard (";

  private final Set<String> sessions = new HashSet<>();
  private RetroSpec retroSpec;
  private Browser browser;
  private Http.Project project;
  private Api api;
  private BuiltSite site;

  @BeforeEach
  void aSite(RetroSpec running, Browser chromium, @TempDir Path folder) throws IOException {
    retroSpec = running;
    browser = chromium;
    project = new Http(running).newProject();
    api = Api.with(running, project.secretKey());
    site = new BuiltSite(running, project, folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void anErrorOfAMinifiedScriptIsToldInTheOriginalCode() throws Exception {
    site.build("r1", "shop", "");
    site.uploadMaps("r1");
    site.uploadMaps("r1");

    String first = pay("r1");
    JsonNode told = await().atMost(SOON).until(() -> error(first), SourceMapsIT::isRead);
    String second = pay("r1");
    JsonNode again = await().atMost(SOON).until(() -> error(second), SourceMapsIT::isRead);

    assertThat(told.path("originalStack").asText())
        .containsPattern("at chargeCard \\(.*src/checkout\\.ts:4:\\d+\\)")
        .containsPattern(
            "at HTMLButtonElement\\.payNow|at payNow \\(.*src/checkout\\.ts:7:\\d+\\)");
    assertThat(told.path("stack").asText()).contains("/r1/shop-").doesNotContain("chargeCard");
    assertThat(told.path("debugIds").size()).isEqualTo(1);
    assertThat(again.path("originalStack")).isEqualTo(told.path("originalStack"));
    assertThat(clusters()).hasSize(1);
    JsonNode maps = api.read("/v1/sourcemaps?release=r1").path("sourceMaps");
    assertThat(maps.size()).isEqualTo(1);
    assertThat(maps.at("/0/debugId")).isEqualTo(told.path("debugIds").elements().next());
  }

  @Test
  void mapsThatComeLaterBringTheErrorsOfTwoBuildsTogether() throws Exception {
    site.build("r1", "shop", "");
    site.build(
        "r2", "main", "export const one = (a: number) => a + 1;\n\n(window as any).x = one;");
    String first = pay("r1");
    String second = pay("r2");
    await().atMost(SOON).until(() -> error(first).has("stack") && error(second).has("stack"));
    assertThat(clusters()).hasSize(2);

    site.uploadMaps("r1");
    site.uploadMaps("r2");

    await().atMost(SOON).until(() -> isRead(error(first)) && isRead(error(second)));
    await().atMost(SOON).untilAsserted(() -> assertThat(clusters()).hasSize(1));
  }

  @Test
  void aKeyOfAPageNeitherUploadsNorSeesMaps() throws Exception {
    Api ofPage = Api.with(retroSpec, project.ingestKey());

    assertThat(ofPage.get("/v1/sourcemaps").status()).isEqualTo(403);
    assertThat(ofPage.post("/v1/sourcemaps?release=1&url=a.js").status()).isEqualTo(403);
    assertThat(api.post("/v1/sourcemaps?release=1&url=a.js").status()).isEqualTo(400);
  }

  /** Another visitor presses the button. */
  private String pay(String build) {
    try (BrowserContext visitor = browser.newContext()) {
      Page page = visitor.newPage();
      page.navigate(site.url("/" + build + "/index.html").toString());
      page.waitForFunction("() => window.retrospec.isRecording()");
      String session = page.evaluate("() => window.retrospec.sessionId()").toString();
      page.locator("#pay").click();
      page.evaluate("() => window.retrospec.flush()");
      sessions.add(session);
      await().atMost(SOON).until(() -> error(session).has("stack"));
      return session;
    }
  }

  private JsonNode error(String session) {
    return marker(session).path("error");
  }

  private JsonNode marker(String session) {
    return api.get("/v1/sessions/" + session).json().at("/session/markers/0");
  }

  private static boolean isRead(JsonNode error) {
    return error.path("originalStack").asText().contains(ORIGINAL);
  }

  private Set<String> clusters() {
    Set<String> keys = new HashSet<>();
    sessions.forEach(session -> keys.add(marker(session).path("clusterKey").asText()));
    return keys;
  }
}
