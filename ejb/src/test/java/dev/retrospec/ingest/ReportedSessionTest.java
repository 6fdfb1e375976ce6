package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedSessionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final IncomingText text = new IncomingText(new Scrubber(), ScrubMode.BALANCED);
  private final ReportedSession sessions = new ReportedSession(text, new UserAgents());
  private final ReportedMarkers markers = new ReportedMarkers(text);

  @Test
  void theRouteFollowsFromTheAddress() {
    SessionFacts facts = reported("{'site':'shop','url':'https://shop.example/cart/7?token=abc'}");

    assertThat(facts.route()).isEqualTo("/cart/7");
    assertThat(facts.url()).doesNotContain("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, /",
    "https://a.example/x/y?z=1#top, /x/y",
    "https://a.example/#/orders/1?x=2, /#/orders/1",
    "https://a.example?x=/y, /",
    "/plain, /plain",
    "plain, /plain"
  })
  void routesAreThePath(String url, String route) {
    assertThat(Route.of(url)).isEqualTo(route);
  }

  @Test
  void aBrowserIsNamed() {
    SessionFacts facts =
        reported(
            "{'site':'shop','userAgent':'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)"
                + " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148"
                + " Safari/604.1'}");

    assertThat(facts.browser().browser()).isEqualTo("Mobile Safari");
    assertThat(facts.browser().os()).isEqualTo("iOS");
    assertThat(facts.browser().device()).isEqualTo("mobile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'site':' '}",
        "{'site':'a','startedAt':'yesterday'}",
        "{'site':'a','startedAt':'+999999999-12-31T23:59:59Z'}",
        "{'site':'a','durationMs':-1}",
        "{'site':'a','durationMs':9223372036854775807}",
      })
  void whatCannotBeIsRefused(String session) {
    assertThatThrownBy(() -> reported(session)).isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "a/b", "..", "a b", "ü"})
  void anIdThatCouldBeAPathIsRefused(String id) {
    assertThatThrownBy(() -> ReportedSession.id(id)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void textThatNoDatabaseHoldsIsMended() {
    assertThat(IncomingText.plain("a\0b\ud800c", 10)).isEqualTo("ab?c");
    assertThat(IncomingText.plain("\0 \0", 10)).isNull();
  }

  @Test
  void markersAreScrubbed() {
    ObservedMarker marker =
        observed(
            "{'kind':'js_exception','label':'mail to bob@example.com failed','evidence':'card 4111"
                + " 1111 1111 1111','error':{'message':'no bob@example.com','stack':'at f"
                + " (app.js:1:2)'},'request':{'url':'/pay?card=4111111111111111','status':500}}");

    assertThat(marker.toString()).doesNotContain("bob@", "4111");
    assertThat(marker.error().stack()).isEqualTo("at f (app.js:1:2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'pay'                   | pay",
        "['pay','bob@example.com',7,null,' ',{},[]] | pay,[email],7",
        "null                    | ''",
        "{'a':1}                 | ''",
        "[1,2,3,4,5,6,7,8,9,10,11] | 1,2,3,4,5,6,7,8,9,10"
      },
      quoteCharacter = '"')
  void aClientsOwnFingerprintIsTextOrAListOfTexts(String told, String parts) {
    assertThat(String.join(",", observed("{'label':'x','fingerprint':" + told + "}").fingerprint()))
        .isEqualTo(parts.replace("''", ""));
  }

  @Test
  void theBuildsOfAStacksScriptsAreKeptWhereTheyAreDebugIds() {
    ObservedMarker marker =
        observed(
            "{'label':'x','error':{'stack':'E: x','debugIds':{"
                + "'https://shop.example/app.js':'85314830-023F-4cf1-a267-535f4e37bb17',"
                + "'https://shop.example/b.js':'latest','https://shop.example/c.js':{}}}}");

    assertThat(marker.error().debugIds())
        .containsExactly(
            Map.entry("https://shop.example/app.js", "85314830-023f-4cf1-a267-535f4e37bb17"));
    assertThat(observed("{'label':'x','error':{'debugIds':'none'}}").error().debugIds()).isNull();
  }

  @Test
  void aCauseIsPrintedLinkByLinkHoweverItIsTold() {
    String first = "{'type':'A','message':'a','stack':'f@https://a.test/a.js:1:2','cause':";
    String last = "{'name':'B','message':'of bob@example.com','errors':[{'message':'c'}]}";

    assertThat(cause(first + last + "}"))
        .isEqualTo(
            """
            Caused by: A: a
            f@https://a.test/a.js:1:2
            Caused by: B: of [email]

            Caused by: Error: c""");
    assertThat(cause("'Caused by: A: a'")).isEqualTo("Caused by: A: a");
    assertThat(cause("{'type':'A','message':'a','stack':'A: a\\n    at f (a.js:1:2)'}"))
        .isEqualTo("Caused by: A: a\n    at f (a.js:1:2)");
    assertThat(cause("null")).isNull();
  }

  private @Nullable String cause(String told) {
    return observed("{'label':'x','error':{'message':'x','cause':" + told + "}}").error().cause();
  }

  @Test
  void withoutAnIdTheSameContentIsTheSameMarker() {
    String marker = "{'kind':'api_error','label':'x','replayOffsetMs':5}";

    assertThat(observed(marker).id()).isEqualTo(observed(marker).id());
    assertThat(observed(marker).id())
        .isNotEqualTo(observed("{'kind':'api_error','label':'x','replayOffsetMs':6}").id());
  }

  @Test
  void nothingIsObservedInTheFuture() {
    ObservedMarker marker = observed("{'label':'x','replayOffsetMs':60000}");

    assertThat(marker.observedAt()).isEqualTo(NOW);
    assertThat(marker.replayOffsetMs()).isEqualTo(60_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'replayOffsetMs':-1}", "{'id':'a/b'}"})
  void aMarkerThatCannotBeIsRefused(String marker) {
    assertThatThrownBy(() -> observed(marker)).isInstanceOf(InvalidRequest.class);
  }

  private SessionFacts reported(String json) {
    return sessions.reported(Json.read(json.replace('\'', '"'), SessionFields.class), NOW);
  }

  private ObservedMarker observed(String json) {
    MarkerFields fields = Json.read(json.replace('\'', '"'), MarkerFields.class);
    return markers.observed(List.of(fields), "/", NOW.minusSeconds(1), NOW).get(0);
  }
}
