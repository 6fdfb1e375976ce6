package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.retrospec.system.Http.Answer;
import dev.retrospec.system.Http.Project;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it hears what is wrong with it, and the server goes on. */
@ExtendWith(RunningRetroSpec.class)
class HostileRequestsIT {

  private static final String KEY = "X-Retrospec-Key";

  /** Every route that takes a body from the outside. */
  private static final List<String> ROUTES =
      List.of(
          "/v1/artifacts/session-events",
          "/v1/ingest/session",
          "/v1/recordings/hostile/chunks/0",
          "/api/replay/upload",
          "/v1/admin/projects",
          "/v1/internal/replay-results",
          "/v1/internal/analysis-reports");

  private RetroSpec retroSpec;
  private Http http;
  private Project shop;

  @BeforeEach
  void aProject(RetroSpec running) {
    retroSpec = running;
    http = new Http(running);
    shop = http.newProject();
  }

  static Stream<String> routes() {
    return ROUTES.stream();
  }

  static Stream<Arguments> routesAndNonsense() {
    return ROUTES.stream()
        .flatMap(
            route ->
                Stream.of(
                        "",
                        "null",
                        "[]",
                        "5",
                        "\"text\"",
                        "{",
                        "not JSON",
                        "{\"session\":5,\"markers\":{},\"events\":7,\"name\":[],\"windows\":1}",
                        "{\"session\":{\"id\":{}},\"events\":[1],\"projectId\":[]}",
                        "{\"events\":[{\"type\":\"x\"}]}",
                        "{}{}")
                    .map(body -> arguments(route, body)));
  }

  @ParameterizedTest
  @MethodSource("routesAndNonsense")
  void nonsenseIsABadRequest(String route, String body) {
    Answer answer = post(route, body.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertIsProblem(answer);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void thirtyMegabytesAreTooMuch(String route) {
    byte[] body = new byte[30_000_000];
    Arrays.fill(body, (byte) ' ');

    Answer answer = post(route, body);

    assertThat(answer.status()).isEqualTo(413);
    assertIsProblem(answer);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void thirtyMegabytesWithoutALengthAreTooMuch(String route) {
    byte[] body = new byte[30_000_000];
    Arrays.fill(body, (byte) ' ');

    Answer answer =
        http.send(
            "POST",
            route,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            headers(route));

    assertThat(answer.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aGzipBombIsDefused(String route) {
    byte[] bomb = new byte[200_000_000];
    Arrays.fill(bomb, (byte) ' ');

    Answer answer = post(route, Http.gzip(bomb), "Content-Encoding", "gzip");

    assertThat(answer.status()).isEqualTo(413);
    assertIsProblem(answer);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aHundredThousandLevelsAreTooDeep(String route) {
    String body = "{\"session\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(post(route, body.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void unknownAndStackedEncodingsAreNotSupported(String route) {
    for (String encoding : List.of("br", "gzip, gzip", "zstd", "chunked")) {
      assertThat(post(route, new byte[10], "Content-Encoding", encoding).status())
          .as(encoding)
          .isEqualTo(415);
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aBodyThatIsNotInItsEncodingIsABadRequest(String route) {
    assertThat(post(route, "{}".getBytes(), "Content-Encoding", "gzip").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void bytesThatAreNotUtf8AreABadRequest(String route) {
    byte[] body = {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'};

    assertThat(post(route, body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fetc", "%2e%2e", "a%00b", "a%20b", "%F0%9F%98%80"})
  void anIdThatLooksLikeAPathOpensNothing(String id) {
    int read = http.get("/v1/sessions/" + id + "/events", KEY, shop.secretKey()).status();
    int write =
        post("/v1/recordings/" + id + "/chunks/0", Recordings.chunk("x").getBytes()).status();

    assertThat(read).isIn(400, 404);
    assertThat(write).isIn(400, 404);
  }

  @Test
  void anIdOf129CharactersIsTooLong() {
    assertThat(http.get("/v1/sessions/" + "x".repeat(129), KEY, shop.secretKey()).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/issues?limit=0",
        "/v1/issues?limit=abc",
        "/v1/issues?limit=99999999999",
        "/v1/issues?state=nope",
        "/v1/issues?cursor=nope",
        "/v1/issues?q=%00",
        "/v1/issues/stats?hours=0",
        "/v1/issues/stats?hours=721",
        "/v1/issues?newInRelease=maybe",
        "/v1/issues/trend?hours=0",
        "/v1/issues/trend?hours=721",
        "/v1/issues/trend?hours=soon",
        "/v1/issues/trend?by=luck",
        "/v1/issues/trend?kind=nope",
        "/v1/issues/some/sessions?limit=201",
        "/v1/issues/some/sessions?reportStatus=nope",
        "/v1/issues/some/sessions?minConfidence=1.1",
        "/v1/issues/some/sessions?minConfidence=NaN",
        "/v1/issues?cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3xh",
        "/v1/sessions?cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3xh",
        "/v1/sessions?from=yesterday",
        "/v1/sessions?from=%2B999999999-01-01T00:00:00Z",
        "/v1/sessions?to=-99999-01-01T00:00:00Z",
        "/v1/sessions?hasErrors=maybe",
        "/v1/sessions?minDurationMs=-1",
        "/v1/sessions?kind=nope",
        "/v1/sessions/some/chunks/-1",
        "/v1/sessions/some/chunks/x",
        "/v1/sessions/some/chunks/67108864",
        "/v1/sessions/some/timeline?kind=nope"
      })
  void aParameterThatCannotBeIsABadRequest(String path) {
    Answer answer = http.get(path, KEY, shop.secretKey());

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertIsProblem(answer);
  }

  @Test
  void textThatPostgresqlCannotStoreIsStoredWithoutIt() {
    String report = Recordings.report("dirty", "ada", "cut \\ud83d nul \\u0000 end");

    assertThat(post("/v1/ingest/session", report.getBytes()).status()).isEqualTo(202);

    assertThat(
            http.get("/v1/sessions/dirty", KEY, shop.secretKey())
                .json()
                .at("/session/markers/0/label")
                .asText())
        .startsWith("cut")
        .endsWith("end");
  }

  @Test
  void anAddressWhereNothingIsSaysSo() {
    for (String path : List.of("/v1/nothing", "/v1/", "/api/nothing", "/v1/sessions/a/b/c/d")) {
      Answer answer = http.get(path, KEY, shop.secretKey());
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertIsProblem(answer);
    }
  }

  @Test
  void aMethodThatAnAddressDoesNotKnowSaysSo() {
    Answer answer =
        http.send("PUT", "/v1/issues", BodyPublishers.ofString("{}"), KEY, shop.secretKey());

    assertThat(answer.status()).isEqualTo(405);
    assertIsProblem(answer);
  }

  @Test
  void aFormIsNoJson() {
    Answer answer =
        http.post(
            "/v1/ingest/session",
            "session=1".getBytes(),
            "Content-Type",
            "application/x-www-form-urlencoded",
            KEY,
            shop.ingestKey());

    assertThat(answer.status()).isEqualTo(415);
  }

  private Answer post(String route, byte[] body, String... more) {
    String[] usual = headers(route);
    String[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return http.post(route, body, all);
  }

  private String[] headers(String route) {
    String type = "application/json";
    if (route.startsWith("/v1/admin")) {
      return new String[] {"Content-Type", type, "X-Retrospec-Admin", retroSpec.adminKey()};
    }
    if (route.startsWith("/v1/internal")) {
      return new String[] {
        "Content-Type", type, "X-Retrospec-Internal", retroSpec.export("INTERNAL_API_KEY")
      };
    }
    return new String[] {"Content-Type", type, KEY, shop.ingestKey()};
  }

  private static void assertIsProblem(Answer answer) {
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
    assertThat(answer.json().get("error").asText()).isNotBlank();
    assertThat(answer.json().get("instance").asText()).startsWith("urn:uuid:");
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
