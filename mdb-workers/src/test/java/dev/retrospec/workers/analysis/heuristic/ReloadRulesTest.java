package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.marker;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.ended;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.is;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.verdict;

import dev.retrospec.recordings.EventId;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.Navigated;
import org.junit.jupiter.api.Test;

/** What a page that loads again and again is told as. */
class ReloadRulesTest {

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

  private static Navigated page(long atMs, int index) {
    return new Navigated(atMs, "https://shop.test/checkout", new EventId(0, index));
  }
}
