package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server of its own as it stands in production: closed, limited, open to one site. */
class GuardedServerIT {

  private static final String KEY = "X-Retrospec-Key";
  private static final int CI_REQUESTS = 20;
  private static final int BURST = 20;

  private static RetroSpec retroSpec;
  private static Http http;

  @BeforeAll
  static void start() {
    retroSpec =
        RetroSpec.start(
            Path.of("target", "system-test", "guarded-home").toAbsolutePath(),
            Map.of(
                "RETROSPEC_MODE", "production",
                "RATE_LIMIT_REQUESTS_PER_SEC", "1",
                "RATE_LIMIT_BURST", Integer.toString(BURST),
                "RATE_LIMIT_MAX_REQUESTS", Integer.toString(CI_REQUESTS),
                "CORS_ALLOWED_ORIGINS", "https://shop.example,https://other.example",
                "METRICS_API_KEY", "figures"));
    http = new Http(retroSpec);
  }

  @Test
  void countsTheRequestsOfACiByAddress() {
    Http.Answer first = http.get("/test-runs");
    assertThat(first.status()).isEqualTo(401);
    assertThat(first.header("X-RateLimit-Limit")).isEqualTo(Integer.toString(CI_REQUESTS));
    int left = Integer.parseInt(first.header("X-RateLimit-Remaining"));
    for (int i = 0; i < left; i++) {
      http.get("/test-runs").expect(401);
    }

    Http.Answer refused = http.get("/test-runs").expect(429);

    assertThat(refused.json().get("error").asText()).isEqualTo("Too many requests from this IP");
    assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
    assertThat(Long.parseLong(refused.header("X-RateLimit-Reset"))).isPositive();
    assertThat(refused.header("Retry-After")).isNotEmpty();
    http.get("/health").expect(200);
  }

  @AfterAll
  static void stop() {
    if (retroSpec != null) {
      retroSpec.close();
    }
  }

  @Test
  void asksEverybodyForAKey() {
    for (String path : List.of("/v1/issues", "/v1/sessions", "/v1/recordings/config")) {
      Answer answer = http.get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }
    assertThat(http.postJson("/v1/ingest/session", "{}").status()).isEqualTo(401);
    assertThat(http.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void showsFiguresToTheMonitoringOnly() {
    assertThat(http.get("/metrics").status()).isEqualTo(401);
    assertThat(http.get("/metrics", "Authorization", "Bearer nothing").status()).isEqualTo(401);
    assertThat(http.get("/metrics", "Authorization", "Bearer figures").status()).isEqualTo(200);
  }

  @Test
  void answersOnlyTheSitesThatItKnows() {
    assertThat(preflight("https://other.example").header("Access-Control-Allow-Origin"))
        .isEqualTo("https://other.example");
    assertThat(preflight("https://evil.example").header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(preflight("https://evil.example").header("Vary")).contains("Origin");
  }

  @Test
  void slowsDownAKeyThatAsksTooOftenAndNoOther() {
    Project shop = http.newProject();
    List<Answer> answers = new ArrayList<>();
    // Each second gives one back, be it between the last two or, while the server is slow, to many.
    while (answers.size() < 10 * BURST && answers.stream().allMatch(it -> it.status() == 200)) {
      answers.add(http.get("/v1/issues", KEY, shop.secretKey()));
    }

    assertThat(answers).hasSizeGreaterThan(BURST);
    Answer last = answers.get(answers.size() - 1);
    assertThat(last.status()).isEqualTo(429);
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
    assertThat(last.header("RateLimit")).contains("r=0");
    assertThat(last.header("RateLimit-Policy")).contains("q=" + BURST);
    assertThat(last.json().get("error").asText()).contains("too many requests");
    assertThat(http.get("/v1/recordings/config", KEY, shop.ingestKey()).status()).isEqualTo(200);
  }

  private static Answer preflight(String origin) {
    return http.send(
        "OPTIONS",
        "/v1/recordings/any/chunks/0",
        BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST");
  }
}
