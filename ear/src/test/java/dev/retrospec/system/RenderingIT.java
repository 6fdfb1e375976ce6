package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.retrospec.system.Http.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Videos of a server of its own that makes them, from the upload to the bytes. */
@ExtendWith(Chromium.class)
class RenderingIT {

  /** A browser, an encoder and their work on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static RetroSpec retroSpec;
  private static Customer customer;
  private static RecordedVisit visit;

  @BeforeAll
  static void aSessionWithAFailureIsIngested() {
    retroSpec =
        RetroSpec.start(
            Path.of("target", "system-test", "rendering-home").toAbsolutePath(),
            Map.of(
                "REPLAY_RENDER_ENABLED", "true",
                "CLUSTER_PROMOTE_MIN_SESSIONS", "1",
                "REPLAY_RENDER_VIEWPORT_WIDTH", "640",
                "REPLAY_RENDER_VIEWPORT_HEIGHT", "400"));
    customer = Customer.of(retroSpec);
    visit = RecordedVisit.of(customer.site());
    String key =
        customer
            .api()
            .post("/v1/artifacts/session-events", visit.upload())
            .expect(201)
            .json()
            .path("eventsObjectKey")
            .asText();
    customer.api().post("/v1/ingest/session", visit.report(key, "ada")).expect(202);
  }

  @AfterAll
  static void stop() {
    if (retroSpec != null) {
      retroSpec.close();
    }
  }

  @Test
  void theFirstFailureGetsAClipByItself() throws IOException, InterruptedException {
    String marker = visit.sessionId() + "-marker";
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                customer
                        .api()
                        .get(visit.path() + "/artifacts/marker_clip?marker=" + marker)
                        .status()
                    == 200);

    String clip = visit.path() + "/artifacts/marker_clip";
    String token = customer.api().read(clip + "/token?marker=" + marker).path("token").asText();
    HttpResponse<byte[]> part =
        part(clip + "?marker=" + marker + "&artifactToken=" + encoded(token), "bytes=0-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Type")).contains("video/webm");
    assertThat(part.headers().firstValue("Content-Range").orElseThrow()).startsWith("bytes 0-3/");
    assertThat(part.body()).containsExactly(0x1A, 0x45, 0xDF, 0xA3); // EBML, as WebM begins
    assertThat(
            part(visit.path() + "/artifacts/replay_video?artifactToken=" + encoded(token), "")
                .statusCode())
        .as("a token of another artifact")
        .isEqualTo(401);
    customer.api().get(visit.path() + "/artifacts/marker_poster?marker=" + marker).expect(200);
  }

  @Test
  void aVideoIsMadeOnDemandAndIsPlayedOnThePagesOfSessionAndIssue(Page page) {
    customer.api().post(visit.path() + "/artifacts/analysis_json/render").expect(400);
    Answer asked = customer.api().post(visit.path() + "/artifacts/replay_video/render").expect(202);
    assertThat(asked.json().path("artifactType").asText()).isEqualTo("replay_video");

    await()
        .atMost(PATIENCE)
        .until(() -> artifact("replay_video").path("status").asText().equals("ready"));

    assertThat(artifact("replay_video").at("/windows/0/endMs").asLong())
        .isEqualTo(RecordedVisit.DURATION_MS);
    assertThat(artifact("analysis_json").path("status").asText()).isEqualTo("ready");
    assertThat(
            customer
                .api()
                .get(visit.path() + "/artifacts/replay_video?format=mp4")
                .expect(200)
                .header("Content-Type"))
        .isEqualTo("video/mp4");

    String project = "?project=" + customer.projectId();
    page.navigate(retroSpec.url("/admin/sessions/" + visit.sessionId() + project).toString());
    Dashboard.signIn(
        page, retroSpec.export("RETROSPEC_USER"), retroSpec.export("RETROSPEC_PASSWORD"));
    Locator video = page.locator("video");
    assertThat(seconds(video)).isEqualTo(RecordedVisit.DURATION_MS / 1_000.0);
    page.locator("section:has(> .card-head #video-title)").screenshot(picture("session-video"));
    Dashboard.button(page, "Render again").click();
    page.getByText(Pattern.compile("The video (is being made|was asked for a moment ago)"))
        .waitFor();

    customer.api().post("/v1/issues/promote").expect(200);
    String issue = customer.api().read("/v1/issues").at("/issues/0/key").asText();
    page.navigate(retroSpec.url("/admin/issues/" + issue + project).toString());
    assertThat(seconds(page.locator("video"))).isBetween(7.5, 10.0);
    page.locator("section:has(> .card-head #clip-title)").screenshot(picture("issue-clip"));
  }

  /** Of a video that has begun to play: its pieces come by Range. */
  private static double seconds(Locator video) {
    video.evaluate(
        "video => new Promise((loaded, failed) => { video.onloadedmetadata = loaded;"
            + " video.onerror = () => failed(video.error); video.preload = 'auto';"
            + " video.load(); })");
    return ((Number) video.evaluate("video => Math.round(video.duration * 10) / 10")).doubleValue();
  }

  private static Locator.ScreenshotOptions picture(String name) {
    return new Locator.ScreenshotOptions().setPath(Path.of("target", "system-test", name + ".png"));
  }

  private static JsonNode artifact(String type) {
    for (JsonNode artifact : customer.api().read(visit.path()).at("/session/artifacts")) {
      if (artifact.path("artifactType").asText().equals(type)) {
        return artifact;
      }
    }
    return Api.JSON.missingNode();
  }

  private static HttpResponse<byte[]> part(String path, String range)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(retroSpec.url(path));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String encoded(String token) {
    return URLEncoder.encode(token, StandardCharsets.UTF_8);
  }
}
