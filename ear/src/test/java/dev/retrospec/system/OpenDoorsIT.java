package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.retrospec.system.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What needs no key: the script for customers' pages, documentation, health, figures. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class OpenDoorsIT {

  private Http http;

  @BeforeEach
  void client(RetroSpec running) {
    http = new Http(running);
  }

  @Test
  void aCustomersPageMayAskBeforeItSends() {
    Answer preflight =
        http.send(
            "OPTIONS",
            "/v1/recordings/any/chunks/0",
            BodyPublishers.noBody(),
            "Origin",
            "https://shop.example",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "x-retrospec-key,content-type,content-encoding,idempotency-key");

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("X-Retrospec-Key", "Content-Type", "Content-Encoding", "Idempotency-Key");
    assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-credentials");
    assertThat(Integer.parseInt(preflight.header("Access-Control-Max-Age"))).isGreaterThan(3600);
  }

  @Test
  void aCustomersPageCanReadARefusal() {
    Answer refusal =
        http.get("/v1/issues", "Origin", "https://shop.example", "X-Retrospec-Key", "rs_wrong");

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(refusal.header("Access-Control-Expose-Headers")).contains("Retry-After", "Link");
  }

  @Test
  void theScriptIsServedUnderAFloatingAndAFixedAddress() {
    Answer floating = http.get("/sdk/retrospec.js");
    Answer fixed = http.get("/sdk/0.1.0/retrospec.js");

    assertThat(floating.status()).isEqualTo(200);
    assertThat(floating.header("Content-Type")).contains("javascript");
    assertThat(floating.header("Cache-Control")).contains("max-age=300");
    assertThat(floating.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(fixed.bytes()).isEqualTo(floating.bytes());
    assertThat(fixed.header("Cache-Control")).contains("immutable");
  }

  @Test
  void answersAreNothingThatABrowserWouldRun() {
    Answer answer = http.get("/healthz");

    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void requestsAreCountedByRouteAndNeverById() {
    http.get("/v1/sessions/an-id-that-must-not-become-a-label");

    String figures = http.get("/metrics").text();

    assertThat(figures)
        .contains("retrospec_http_requests_total")
        .contains("route=\"/v1/sessions/{sessionID}\"")
        .doesNotContain("an-id-that-must-not-become-a-label");
  }

  @Test
  void everyRouteOfTheContractIsDocumented() {
    Answer openapi = http.get("/openapi?format=JSON");
    List<String> paths = new ArrayList<>();
    openapi.json().get("paths").fieldNames().forEachRemaining(paths::add);

    assertThat(paths)
        .contains(
            "/healthz",
            "/metrics",
            "/v1/admin/projects",
            "/v1/admin/projects/{projectID}/keys",
            "/v1/admin/projects/{projectID}/keys/{keyID}",
            "/v1/admin/queue-health",
            "/v1/admin/queue-dead-letters",
            "/v1/admin/queue-redrive",
            "/v1/artifacts/session-events",
            "/v1/ingest/session",
            "/v1/internal/replay-results",
            "/v1/internal/analysis-reports",
            "/v1/issues",
            "/v1/issues/promote",
            "/v1/issues/stats",
            "/v1/issues/trend",
            "/v1/issues/{clusterKey}/sessions",
            "/v1/maintenance/cleanup",
            "/v1/recordings/config",
            "/v1/recordings/{sessionID}/chunks/{seq}",
            "/api/replay/upload",
            "/v1/sessions",
            "/v1/sessions/{sessionID}",
            "/v1/sessions/{sessionID}/events",
            "/v1/sessions/{sessionID}/manifest",
            "/v1/sessions/{sessionID}/chunks",
            "/v1/sessions/{sessionID}/chunks/{seq}",
            "/v1/sessions/{sessionID}/timeline",
            "/v1/sessions/{sessionID}/artifacts/{artifactType}",
            "/v1/sessions/{sessionID}/artifacts/{artifactType}/token");
    assertThat(openapi.json().at("/components/securitySchemes/project/name").asText())
        .isEqualTo("X-Retrospec-Key");
    assertThat(openapi.json().at("/components/schemas/ProjectId/type").asText())
        .isEqualTo("string");
  }

  @Test
  void theDocumentationOpensInABrowser(RetroSpec retroSpec, Page page) {
    List<String> complaints = new ArrayList<>();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });

    page.navigate(retroSpec.url("/docs/").toString());
    page.waitForSelector("[data-path=\"/v1/ingest/session\"]");

    assertThat(complaints).isEmpty();
  }
}
