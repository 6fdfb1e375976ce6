package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.marker;
import static dev.retrospec.workers.analysis.Cases.pressed;
import static dev.retrospec.workers.analysis.Cases.thrown;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.STACK;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.is;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.recordings.EventId;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.Pressed;
import org.junit.jupiter.api.Test;

/** What scripts that are missing, throw or only log are told as. */
class ScriptRulesTest {

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
  void whatThePageShowsBetweenTheErrorAndItsMarkerIsShownAfterTheError() {
    is(
        verdict(
            thrown(4_000, "console_error", "The basket could not be kept", STACK),
            new ConsoleEntry(3_980, "error", "The basket could not be kept", new EventId(0, 5)),
            new PageChanged(3_990, 1, 0, 0, 0, "It is in your basket.", new EventId(0, 6))),
        "swallowed_error",
        "only logged",
        "went on and showed “It is in your basket.”");
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
}
