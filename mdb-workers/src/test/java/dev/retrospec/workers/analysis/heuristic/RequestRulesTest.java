package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.failed;
import static dev.retrospec.workers.analysis.Cases.marker;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.busy;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.ended;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.is;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Peers;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.Moment.PageChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failed requests and answers are told as. */
class RequestRulesTest {

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
}
