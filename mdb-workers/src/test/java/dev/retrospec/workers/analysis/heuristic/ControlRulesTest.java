package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.marker;
import static dev.retrospec.workers.analysis.Cases.pressed;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.analyzed;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.is;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What forms that refuse and controls that do nothing are told as. */
class ControlRulesTest {

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
  void aControlThatDoesNothing() {
    is(
        verdict(
            pressed(5_000, "dead_click", "button", "Notify me"),
            new Clicked(4_900, 7, new EventId(0, 1))),
        "dead_control",
        "“Notify me”",
        "nothing listens");
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
