package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.sessions.MarkerKind.API_ERROR;
import static dev.retrospec.sessions.MarkerKind.JS_EXCEPTION;
import static dev.retrospec.sessions.MarkerKind.UI_NO_EFFECT;
import static dev.retrospec.sessions.MarkerKind.VALIDATION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardSentences;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RecorderCounts;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeuristicAnalyzerTest {

  private static final String STACK =
      "TypeError: Cannot read properties of undefined (reading 'total')\n"
          + "    at showTotal (https://shop.test/js/checkout.js:42:17)\n"
          + "    at pay (https://shop.test/js/checkout.js:12:3)";

  private final HeuristicAnalyzer analyzer = new HeuristicAnalyzer();

  @Test
  void anExceptionAfterAFailedRequestIsExplainedByTheRequest() {
    Verdict verdict =
        analyze(
            thrown(12_500, STACK),
            new Navigated(1_000, "https://shop.test/checkout?id=1"),
            new Clicked(12_000, 7),
            new RequestEnded(12_400, "POST", "https://shop.test/api/pay?token=x", 500, 380),
            new ConsoleEntry(12_510, "error", "Uncaught TypeError"));

    assertThat(verdict.text(CardText.SYMPTOM))
        .isEqualTo(
            "A script error follows the visitor's click on /checkout: TypeError: Cannot"
                + " read properties of undefined (reading 'total')");
    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .startsWith("POST /api/pay was answered 500 at 0:12.4, 100 ms before the error")
        .contains("It comes from showTotal (checkout.js:42).")
        .contains("The code reads `total` of something that is not there");
    assertThat(verdict.text(CardText.FIX))
        .contains("Handle a failed POST /api/pay in showTotal (checkout.js:42)");
    assertThat(verdict.strength()).isEqualTo(0.85);
    assertThat(verdict.evidence())
        .extracting(Evidence::atMs)
        .contains(1_000L, 12_000L, 12_400L, 12_510L, 12_500L);
  }

  @Test
  void aFailedAnswerThatThePageHidesIsSaidToBeHidden() {
    Verdict verdict =
        analyze(
            failed(5_000, "POST", "https://shop.test/api/orders", 503),
            new Clicked(4_000, 7),
            new RequestEnded(5_000, "POST", "https://shop.test/api/orders", 503, 900),
            new RequestEnded(9_000, "POST", "https://shop.test/api/orders", 503, 900));

    assertThat(verdict.text(CardText.SYMPTOM))
        .isEqualTo("POST /api/orders was answered 503 on /checkout");
    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .contains("after 900 ms at 0:05.0")
        .contains("away or overloaded")
        .contains("It failed twice")
        .contains("the visitor was not told");
    assertThat(verdict.strength()).isEqualTo(0.9);
    assertThat(told(verdict, CardText.VISUAL_SUMMARY))
        .isEqualTo("0:04.0 After the click the page stays as it is for 2.0 s.");
  }

  @Test
  void eachStatusHasItsOwnMeaning() {
    assertThat(analyze(failed(1_000, "GET", "/a", 404)).text(CardText.ROOT_CAUSE))
        .contains("is not there");
    assertThat(analyze(failed(1_000, "GET", "/a", 401)).text(CardText.ROOT_CAUSE))
        .contains("signed out");
    assertThat(analyze(failed(1_000, "GET", "/a", 429)).text(CardText.FIX)).contains("Retry-After");
    assertThat(analyze(failed(1_000, "GET", "/a", 0)).text(CardText.ROOT_CAUSE))
        .contains("no answer");
  }

  @Test
  void clicksThatNothingListensTo() {
    Verdict verdict =
        analyze(
            marker(
                UI_NO_EFFECT,
                "rage_click",
                "Rage click on \"Pay\"",
                10_000,
                null,
                null,
                new ElementDetail("button#pay", "Pay")),
            new Clicked(9_200, 7),
            new Clicked(9_600, 7),
            new Clicked(10_000, 7),
            new Clicked(10_400, 7));

    assertThat(verdict.text(CardText.SYMPTOM))
        .isEqualTo("The visitor clicked “Pay” 4 times on /checkout and got nowhere");
    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .contains("sent no request, changed nothing and wrote no error")
        .contains("0:09.2");
    assertThat(told(verdict, CardText.TEXT_SUMMARY))
        .contains("0:09.2 The visitor clicks the same place 4 times within 1.2 s.");
    assertThat(told(verdict, CardText.VISUAL_SUMMARY)).contains("stays as it is");
    assertThat(verdict.strength()).isEqualTo(0.6);
  }

  @Test
  void clicksOnSomethingThatIsSlow() {
    Verdict verdict =
        analyze(
            marker(UI_NO_EFFECT, "rage_click", "Rage click", 10_000, null, null, null),
            new Clicked(9_200, 7),
            new Clicked(9_600, 7),
            new Clicked(10_000, 7),
            new RequestEnded(11_000, "GET", "/api/slow", 200, 1_800));

    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .isEqualTo("GET /api/slow took 1.8 s, and nothing told the visitor to wait.");
  }

  @Test
  void clicksWhoseHandlerThrows() {
    Verdict verdict =
        analyze(
            marker(UI_NO_EFFECT, "rage_click", "Rage click", 10_000, null, null, null),
            new Clicked(9_200, 7),
            new Clicked(9_600, 7),
            new Clicked(10_000, 7),
            new ConsoleEntry(9_650, "error", "Uncaught RangeError: no"));

    assertThat(verdict.text(CardText.ROOT_CAUSE)).contains("Uncaught RangeError: no");
  }

  @Test
  void aFormThatTheServerRefuses() {
    Verdict verdict =
        analyze(
            marker(
                VALIDATION_FAILED, "form_blocked", "Form blocked: email", 3_000, null, null, null),
            new RequestEnded(2_900, "POST", "/api/signup", 422, 50));

    assertThat(verdict.text(CardText.ROOT_CAUSE)).contains("POST /api/signup was answered 422");
  }

  @Test
  void aFormThatStopsInTheBrowserWithoutAWord() {
    Verdict verdict =
        analyze(
            marker(
                VALIDATION_FAILED, "form_blocked", "Form blocked: email", 3_000, null, null, null),
            new Clicked(2_990, 4));

    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .contains("own validation")
        .contains("may not have been told why");
  }

  @Test
  void theExceptionSpeaksBeforeTheClicksThatFollowIt() {
    Verdict verdict =
        analyzer.analyze(
            new AnalysisCase(
                session(),
                List.of(
                    failed(2_000, "GET", "/api/hint", 404),
                    thrown(4_000, STACK),
                    marker(UI_NO_EFFECT, "rage_click", "Rage click", 5_000, null, null, null)),
                new Found(true, List.of(new Clicked(3_900, 1)), true, Cases.ALL_READ)));

    assertThat(verdict.text(CardText.SYMPTOM)).contains("TypeError");
    assertThat(told(verdict, CardText.TEXT_SUMMARY))
        .contains("0:02.0 Also failed request: GET /api/hint failed.")
        .contains("0:05.0 Also no effect: Rage click.");
  }

  @Test
  void thePageThatReactsIsDescribed() {
    Verdict verdict =
        analyze(
            thrown(4_000, null),
            new Clicked(3_500, 1),
            new PageChanged(3_600, 12, 3, 1, 4),
            new PageChanged(3_900, 2, 0, 0, 0),
            new Navigated(9_000, "https://shop.test/error"));

    assertThat(told(verdict, CardText.VISUAL_SUMMARY))
        .isEqualTo(
            "0:03.6 After the click the page changes twice: 14 nodes added, 3 removed, 5 texts or"
                + " attributes changed. 0:09.0 Another page comes into view.");
    assertThat(told(verdict, CardText.TEXT_SUMMARY))
        .contains("0:09.0 The visitor comes to /error.");
  }

  @Test
  void withoutEventsItSaysSoAndIsNotSure() {
    Verdict verdict =
        analyzer.analyze(new AnalysisCase(session(), List.of(thrown(4_000, STACK)), Found.NOTHING));

    assertThat(told(verdict, CardText.TEXT_SUMMARY)).contains("this rests on the marker alone");
    assertThat(told(verdict, CardText.VISUAL_SUMMARY)).isEmpty();
    assertThat(verdict.strength()).isLessThanOrEqualTo(0.35);
    assertThat(verdict.evidence()).extracting(Evidence::atMs).containsOnly(4_000L);
  }

  @Test
  void everySentenceNamesWhatItStandsOn() {
    Verdict verdict =
        analyze(
            thrown(12_500, STACK),
            new Navigated(1_000, "https://shop.test/checkout"),
            new Clicked(12_000, 7, new EventId(0, 3)),
            new RequestEnded(12_400, "POST", "/api/pay", 500, 380, false, new EventId(0, 9)),
            new PageChanged(12_450, 1, 0, 0, 0));

    assertThat(verdict.evidence())
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(item -> assertThat(item.eventIds()).isNotEmpty())
        .anySatisfy(
            item -> {
              assertThat(item.says()).isEqualTo(CardText.ROOT_CAUSE);
              assertThat(item.eventIds()).containsExactly("0/9");
              assertThat(item.atMs()).isEqualTo(12_400);
            });
  }

  @Test
  void placesAreReadFromTheStacksOfAllBrowsers() {
    assertThat(Thrown.place(new ErrorDetail("E", "m", STACK, null, null)))
        .isEqualTo("showTotal (checkout.js:42)");
    assertThat(
            Thrown.place(
                new ErrorDetail("E", "m", "pay@https://a.test/app.js?v=3:7:9\n", null, null)))
        .isEqualTo("pay (app.js:7)");
    assertThat(
            Thrown.place(
                new ErrorDetail("E", "m", "E: m\n    at https://a.test/app.js:7:9", null, null)))
        .isEqualTo("app.js:7");
    assertThat(Thrown.place(new ErrorDetail("E", "m", "no stack at all", null, null))).isEmpty();
  }

  @Test
  void hugeTextsStayWithinWhatAReportCardHolds() {
    String huge = "x ".repeat(50_000);
    Verdict verdict =
        analyze(
            marker(
                JS_EXCEPTION,
                "uncaught",
                huge,
                1_000,
                new ErrorDetail(huge, huge, huge, huge, null),
                null,
                null),
            new ConsoleEntry(1_000, "error", huge),
            new RequestEnded(900, huge, "https://a.test/" + huge, 500, 1));

    assertThat(
            List.of(
                verdict.text(CardText.SYMPTOM),
                verdict.text(CardText.ROOT_CAUSE),
                verdict.text(CardText.FIX),
                told(verdict, CardText.TEXT_SUMMARY)))
        .extracting(String::length)
        .allSatisfy(length -> assertThat(length).isLessThan(2_500));
  }

  /** As the gate tells it, when everything stands. */
  private static String told(Verdict verdict, CardText text) {
    String told =
        verdict.evidence().stream()
            .filter(item -> item.says() == text)
            .sorted(Comparator.comparingLong(Evidence::atMs))
            .map(
                item -> CardSentences.time(item.atMs()) + " " + CardSentences.sentence(item.text()))
            .collect(Collectors.joining(" "));
    return text == CardText.TEXT_SUMMARY ? (told + " " + verdict.remark()).strip() : told;
  }

  private Verdict analyze(ObservedMarker marker, Moment... moments) {
    return analyzer.analyze(
        new AnalysisCase(
            session(), List.of(marker), new Found(true, List.of(moments), true, Cases.ALL_READ)));
  }

  private static ObservedMarker thrown(long atMs, @Nullable String stack) {
    return marker(
        JS_EXCEPTION,
        "uncaught",
        "TypeError in checkout",
        atMs,
        new ErrorDetail(
            "TypeError",
            "Cannot read properties of undefined (reading 'total')",
            stack,
            null,
            null),
        null,
        null);
  }

  private static ObservedMarker failed(long atMs, String method, String url, int status) {
    return marker(
        API_ERROR,
        "http_status",
        method + " " + Phrases.path(url) + " failed",
        atMs,
        null,
        new RequestDetail(method, url, status, 100L, null),
        null);
  }

  private static ObservedMarker marker(
      MarkerKind kind,
      String subkind,
      String label,
      long atMs,
      @Nullable ErrorDetail error,
      @Nullable RequestDetail request,
      @Nullable ElementDetail element) {
    return new ObservedMarker(
        new MarkerId("m" + atMs),
        kind,
        subkind,
        null,
        label,
        null,
        "/checkout",
        atMs,
        error,
        request,
        element,
        List.of(),
        Instant.EPOCH);
  }

  private static SessionView session() {
    Instant start = Instant.parse("2026-03-01T10:00:00Z");
    return new SessionView(
        new SessionId("s1"),
        new ProjectId("p1"),
        "shop.test",
        "/checkout",
        null,
        SessionStatus.READY,
        null,
        start,
        start.plusSeconds(60),
        60_000,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        List.of(),
        1,
        10,
        1_000,
        1,
        1,
        0,
        0,
        Completeness.of(1, 1, 0, RecorderCounts.NONE),
        start,
        start);
  }
}
