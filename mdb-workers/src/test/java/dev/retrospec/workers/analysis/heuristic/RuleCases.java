package dev.retrospec.workers.analysis.heuristic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;

/** Cases that the tests of rules make, and what they read in the cards. */
final class RuleCases {

  static final String STACK =
      "TypeError: no\n    at addGiftWrap (https://shop.test/gift-wrap.js:9:41)";

  private RuleCases() {}

  static Verdict verdict(ObservedMarker marker, Moment... moments) {
    return new HeuristicAnalyzer().analyze(Cases.of(marker, moments));
  }

  static Verdict analyzed(ObservedMarker marker, Found found) {
    return new HeuristicAnalyzer()
        .analyze(new AnalysisCase(Cases.session(), List.of(marker), found));
  }

  static void is(Verdict verdict, String rule, String... facts) {
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

  static RequestEnded ended(long atMs, String path, int status, long durationMs) {
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

  static BusyChanged busy(long atMs, boolean on) {
    return busy(atMs, on, true, 0);
  }

  static BusyChanged busy(long atMs, boolean on, boolean prompted, int seq) {
    EventId event = new EventId(seq, (int) (atMs / 10));
    return new BusyChanged(atMs, 3, on, "div.spinner", prompted, event);
  }
}
