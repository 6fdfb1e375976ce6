package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.failed;
import static dev.retrospec.workers.analysis.Cases.marker;
import static dev.retrospec.workers.analysis.Cases.pressed;
import static dev.retrospec.workers.analysis.Cases.thrown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Peers;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.Pressed;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import dev.retrospec.workers.moments.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final String STACK =
      "TypeError: no\n    at addGiftWrap (https://shop.test/gift-wrap.js:9:41)";

  @Test
  void idsAreDifferentAndStoredAsTheyAre() {
    assertThat(HeuristicAnalyzer.RULES)
        .extracting(Rule::id)
        .doesNotHaveDuplicates()
        .containsExactly(
            "reload_loop",
            "faces_ajax_error",
            "graphql_error",
            "missing_resource",
            "request_timeout",
            "slow_request",
            "validation_loop",
            "blocked_form",
            "covered_element",
            "exception_before_effect",
            "swallowed_error",
            "endless_spinner",
            "script_error",
            "failed_request",
            "dead_control",
            "no_effect");
  }

  @Test
  void aFailedRequestNamesWhatThePageThenSaid() {
    Verdict verdict =
        verdict(
            failed(5_000, "POST", "/api/orders", 502),
            ended(5_000, "/api/orders", 502, 90),
            new PageChanged(5_100, 1, 0, 1, 1, "Payment is not possible", new EventId(0, 9)));

    is(verdict, "failed_request", "POST /api/orders was answered 502");
    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .contains("The page then showed “Payment is not possible”.");
  }

  @Test
  void aFailedRequestThatGoesWellElsewhereSaysSo() {
    Peers peers = (method, path) -> new Peers.Answered(10, path.equals("/api/orders") ? 9 : 0, 0);
    Verdict verdict =
        new HeuristicAnalyzer()
            .analyze(
                Cases.of(
                    List.of(failed(5_000, "POST", "/api/orders", 500)),
                    peers,
                    ended(5_000, "/api/orders", 500, 90)));

    assertThat(verdict.text(CardText.ROOT_CAUSE))
        .contains("In 9 of 10 healthy sessions of this page the same request was answered well.");
  }

  @Test
  void aSpinnerThatOutlivesItsRequestIsNamedBesideIt() {
    assertThat(
            verdict(
                    failed(5_000, "POST", "/api/orders", 500),
                    busy(4_000, true),
                    ended(5_000, "/api/orders", 500, 90))
                .text(CardText.ROOT_CAUSE))
        .contains("`div.spinner` still tells the visitor to wait");
  }

  @Test
  void aRequestThatIsGivenUpIsATimeout() {
    Verdict verdict =
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "network_failure",
                "GET /api/delivery failed",
                5_000,
                null,
                null,
                new RequestDetail("GET", "/api/delivery", 0, 1_500L, null),
                null),
            ended(5_000, "/api/delivery", 0, 1_500));

    is(verdict, "request_timeout", "timed out", "/api/delivery", "without an answer", "1.5 s");
  }

  @Test
  void agatewayThatDoesNotWaitIsATimeoutToo() {
    is(
        verdict(
            failed(5_000, "GET", "/api/delivery", 504), ended(5_000, "/api/delivery", 504, 30_000)),
        "request_timeout",
        "504");
  }

  @Test
  void anAnswerThatComesLate() {
    is(
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "slow_request",
                "GET /api/search slow",
                9_000,
                "4000 ms",
                null,
                new RequestDetail("GET", "/api/search", 200, 4_000L, null),
                null),
            ended(8_500, "/api/search", 200, 4_000)),
        "slow_request",
        "/api/search",
        "4.0 s");
  }

  @Test
  void anErrorInAGraphqlAnswer() {
    is(
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "graphql_error",
                "PointsOfVisitor: The ledger is closed",
                5_000,
                "visitor.points",
                null,
                new RequestDetail("POST", "/graphql", 200, 20L, null),
                null),
            ended(5_000, "/graphql", 200, 20)),
        "graphql_error",
        "PointsOfVisitor",
        "ledger",
        "visitor.points",
        "no message");
  }

  @Test
  void aViewThatIsExpired() {
    is(
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "view_expired",
                "orders:again: the view is expired",
                5_000,
                "jakarta.faces.application.ViewExpiredException",
                new ErrorDetail("ViewExpiredException", "could not be restored", null, null, null),
                null,
                null)),
        "faces_ajax_error",
        "orders:again",
        "expired",
        "ViewExpiredException");
  }

  @Test
  void anExceptionBehindAnAjaxRequestOfFaces() {
    is(
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "faces_error",
                "orders:again: NullPointerException: order is null",
                5_000,
                "java.lang.NullPointerException",
                new ErrorDetail("NullPointerException", "order is null", null, null, null),
                null,
                null)),
        "faces_ajax_error",
        "orders:again",
        "NullPointerException",
        "status of 200");
  }

  @Test
  void aScriptThatIsNotThere() {
    is(
        verdict(
            marker(
                MarkerKind.API_ERROR,
                "failed_resource",
                "script /recommended.js 404",
                1_000,
                null,
                null,
                new RequestDetail("GET", "https://shop.test/recommended.js", 404, 0L, null),
                new ElementDetail("body > script", null))),
        "missing_resource",
        "/recommended.js",
        "404");
  }

  @Test
  void aChunkThatWentWithTheLastDeploy() {
    is(
        verdict(
            thrown(
                4_000,
                "unhandled_rejection",
                "Failed to fetch dynamically imported module: https://shop.test/reviews.js",
                null),
            new Clicked(3_900, 7, new EventId(0, 3)),
            new Pressed(3_900, "button", "Show reviews", new EventId(0, 4))),
        "missing_resource",
        "/reviews.js",
        "“Show reviews”");
  }

  @Test
  void aHandlerThatThrowsBeforeAnythingHappens() {
    is(
        verdict(
            thrown(
                4_000,
                "error_click",
                "Cannot read properties of undefined (reading 'price')",
                STACK),
            new Clicked(3_990, 7, new EventId(0, 3)),
            new Pressed(3_990, "button", "Wrap as a gift", new EventId(0, 4))),
        "exception_before_effect",
        "`price`",
        "addGiftWrap (gift-wrap.js:9)",
        "“Wrap as a gift”",
        "no effect at all");
  }

  @Test
  void anExceptionInAPageThatWentOnIsNoClickWithoutEffect() {
    assertThat(
            verdict(
                    thrown(4_000, "uncaught", "x is not defined", STACK),
                    new Clicked(3_500, 7, new EventId(0, 3)),
                    new PageChanged(3_600, 5, 0, 0, 0))
                .rule())
        .isEqualTo("script_error");
  }

  @Test
  void anErrorThatIsOnlyLogged() {
    is(
        verdict(
            thrown(4_000, "console_error", "The basket could not be kept", STACK),
            new ConsoleEntry(4_000, "error", "The basket could not be kept", new EventId(0, 5))),
        "swallowed_error",
        "only logged",
        "The basket could not be kept",
        "showed no message");
  }

  @Test
  void aDeadClickWithAnErrorInTheConsole() {
    is(
        verdict(
            pressed(5_000, "dead_click", "button#save", "Save"),
            new Clicked(4_900, 7, new EventId(0, 3)),
            new ConsoleEntry(4_950, "error", "TypeError: no", new EventId(0, 4))),
        "swallowed_error",
        "TypeError: no",
        "handler of the click");
  }

  @Test
  void theSameFieldIsRefusedAgainAndAgain() {
    List<ObservedMarker> tries = List.of(refused(4_000), refused(9_000));
    Verdict verdict =
        new HeuristicAnalyzer().analyze(Cases.of(tries, new Clicked(3_900, 1, new EventId(0, 2))));

    is(verdict, "validation_loop", "twice", "`postcode`", "does not match its pattern", "5.0 s");
  }

  @Test
  void aFieldThatIsRefusedOnce() {
    is(
        verdict(refused(4_000), new Clicked(3_900, 1, new EventId(0, 2))),
        "blocked_form",
        "`postcode`",
        "own validation");
  }

  @Test
  void aVeilThatTakesTheClicks() {
    is(
        verdict(
            pressed(5_000, "rage_click", "body > div.dialog-veil", null),
            new Clicked(4_000, 7, new EventId(0, 1)),
            new Clicked(4_300, 7, new EventId(0, 2)),
            new Clicked(4_600, 7, new EventId(0, 3))),
        "covered_element",
        "`div.dialog-veil`",
        "overlay",
        "covers");
  }

  @Test
  void whatOnlySoundsLikeACoverIsNone() {
    assertThat(
            verdict(
                    pressed(5_000, "dead_click", "div.backdrop > button.unmasked", null),
                    new Clicked(4_000, 7, new EventId(0, 1)))
                .rule())
        .isEqualTo("dead_control");
  }

  @Test
  void aSpinnerThatTurnsWithoutEnd() {
    is(
        verdict(
            pressed(6_000, "rage_click", "button", "One moment…"),
            new Clicked(3_000, 7, new EventId(0, 1)),
            busy(3_010, true),
            new Clicked(5_000, 7, new EventId(0, 2)),
            new Clicked(5_400, 7, new EventId(0, 3)),
            new Clicked(6_000, 7, new EventId(0, 4))),
        "endless_spinner",
        "spinner `div.spinner`",
        "No request came to an end");
  }

  @Test
  void whoPressesFastAndThenWaitsSeesASpinnerWithoutEnd() {
    ObservedMarker raging = pressed(3_421, "rage_click", "button", "One moment…");
    List<Moment> pressedSixTimes =
        List.of(
            new Clicked(2_506, 56, new EventId(0, 16)),
            busy(2_511, true),
            new Clicked(2_722, 56, new EventId(0, 22)),
            new Clicked(2_957, 56, new EventId(0, 27)),
            new Clicked(3_189, 56, new EventId(0, 32)),
            new Clicked(3_421, 56, new EventId(0, 37)),
            new Clicked(3_653, 56, new EventId(0, 42)));

    is(analyzed(raging, until(7_200, pressedSixTimes)), "endless_spinner", "4.7 s later");
    assertThat(analyzed(raging, until(3_700, pressedSixTimes)).rule())
        .as("of who left at once nobody knows how long it would have turned")
        .isNotEqualTo("endless_spinner");
  }

  private static Found until(long atMs, List<Moment> moments) {
    return new Found(true, moments, true, List.of(new Stretch(0, 0, atMs)));
  }

  @Test
  void aSpinnerThatGoesAwayIsNoCause() {
    assertThat(
            verdict(
                    pressed(6_000, "rage_click", "button", "Save"),
                    busy(3_010, true),
                    busy(4_010, false),
                    new Clicked(6_000, 7, new EventId(0, 4)),
                    new Clicked(9_000, 9, new EventId(0, 5)))
                .rule())
        .isEqualTo("dead_control");
  }

  @Test
  void aBarThatStoodInThePageAllAlongIsNoCause() {
    assertThat(
            verdict(
                    pressed(6_000, "dead_click", "button", "Save"),
                    busy(100, true, false, 0),
                    new Clicked(5_900, 7, new EventId(0, 4)),
                    new Clicked(9_000, 9, new EventId(0, 5)))
                .rule())
        .isEqualTo("dead_control");
  }

  @Test
  void aSpinnerOfOneWindowIsNotEndedByAnother() {
    is(
        verdict(
            pressed(6_000, "rage_click", "button", "One moment…"),
            new Clicked(3_000, 7, new EventId(0, 1)),
            busy(3_010, true),
            busy(4_000, false, true, ChunkNumber.SLOT_SIZE),
            new Clicked(6_000, 7, new EventId(0, 4))),
        "endless_spinner",
        "57.0 s later");
  }

  @Test
  void whatASpinnerDidWhereNothingWasReadIsNotTold() {
    ObservedMarker first = pressed(6_000, "rage_click", "button", "One moment…");
    ObservedMarker later = pressed(290_000, "rage_click", "button", "Send");
    List<Moment> moments =
        List.of(
            busy(3_010, true),
            new Clicked(6_000, 7, new EventId(0, 4)),
            new Clicked(290_000, 8, new EventId(9, 4)),
            new Clicked(293_000, 8, new EventId(9, 5)));
    Found found =
        new Found(
            true,
            moments,
            true,
            List.of(new Stretch(0, 0, 9_000), new Stretch(0, 280_000, 295_000)));

    is(analyzed(first, found), "endless_spinner", "6.0 s later");
    assertThat(analyzed(later, found).rule()).isEqualTo("dead_control");
  }

  @Test
  void ofAMarkerWhoseWindowWasNotReadNothingIsSaidNotToHaveHappened() {
    ObservedMarker late = pressed(900_000, "dead_click", "button", "Send");
    List<Moment> others = List.of(new Clicked(5_900, 7, new EventId(0, 4)));

    Verdict verdict =
        analyzed(late, new Found(true, others, false, List.of(new Stretch(0, 0, 898_000))));

    assertThat(verdict.rule()).isEqualTo("no_effect");
    assertThat(verdict.text(CardText.ROOT_CAUSE)).contains("the cause cannot be told");
    assertThat(verdict.strength()).isLessThanOrEqualTo(0.35);
    assertThat(verdict.remark()).contains("holds more than was read");
  }

  private static Verdict analyzed(ObservedMarker marker, Found found) {
    return new HeuristicAnalyzer()
        .analyze(new AnalysisCase(Cases.session(), List.of(marker), found));
  }

  @Test
  void aPageThatReloadsItself() {
    is(
        verdict(
            marker(
                MarkerKind.UI_NO_EFFECT,
                "reload_loop",
                "Reload loop on /checkout",
                6_000,
                "3 loads within 15 s",
                null,
                null,
                null),
            page(1_000, 1),
            page(1_050, 2),
            page(3_000, 3),
            page(5_000, 4)),
        "reload_loop",
        "/checkout",
        "3 times",
        "reloads itself");
  }

  @Test
  void aReloadThatFollowsAFailedRequestNamesIt() {
    is(
        verdict(
            marker(
                MarkerKind.UI_NO_EFFECT,
                "reload_loop",
                "Reload loop on /checkout",
                6_000,
                null,
                null,
                null,
                null),
            page(1_000, 1),
            ended(2_000, "/api/token", 401, 20),
            page(3_000, 3),
            page(5_000, 4)),
        "reload_loop",
        "POST /api/token was answered 401");
  }

  @Test
  void aControlThatDoesNothing() {
    is(
        verdict(
            pressed(5_000, "dead_click", "button", "Notify me"),
            new Clicked(4_900, 7, new EventId(0, 1))),
        "dead_control",
        "“Notify me”",
        "nothing listens");
  }

  private static Verdict verdict(ObservedMarker marker, Moment... moments) {
    return new HeuristicAnalyzer().analyze(Cases.of(marker, moments));
  }

  private static void is(Verdict verdict, String rule, String... facts) {
    String card =
        verdict.text(CardText.SYMPTOM)
            + "\n"
            + verdict.text(CardText.ROOT_CAUSE)
            + "\n"
            + verdict.text(CardText.FIX);
    assertThat(verdict.rule()).isEqualTo(rule);
    assertThat(card).contains(facts);
    assertThat(verdict.evidence()).allSatisfy(item -> assertThat(item.eventIds()).isNotEmpty());
  }

  private static RequestEnded ended(long atMs, String path, int status, long durationMs) {
    String method = path.startsWith("/api/delivery") || path.contains("search") ? "GET" : "POST";
    return new RequestEnded(
        atMs,
        method,
        "https://shop.test" + path,
        status,
        durationMs,
        false,
        new EventId(0, (int) (atMs / 100)));
  }

  private static BusyChanged busy(long atMs, boolean on) {
    return busy(atMs, on, true, 0);
  }

  private static BusyChanged busy(long atMs, boolean on, boolean prompted, int seq) {
    EventId event = new EventId(seq, (int) (atMs / 10));
    return new BusyChanged(atMs, 3, on, "div.spinner", prompted, event);
  }

  private static Navigated page(long atMs, int index) {
    return new Navigated(atMs, "https://shop.test/checkout", new EventId(0, index));
  }

  private static ObservedMarker refused(long atMs) {
    return marker(
        MarkerKind.VALIDATION_FAILED,
        "form_blocked",
        "Form blocked: postcode patternMismatch",
        atMs,
        "1 invalid field",
        null,
        null,
        new ElementDetail("input[name=postcode]", null));
  }
}
