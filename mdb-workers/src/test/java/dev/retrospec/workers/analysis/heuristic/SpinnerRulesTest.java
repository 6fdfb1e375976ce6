package dev.retrospec.workers.analysis.heuristic;

import static dev.retrospec.workers.analysis.Cases.pressed;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.analyzed;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.busy;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.is;
import static dev.retrospec.workers.analysis.heuristic.RuleCases.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.EventId;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a spinner is the cause, and when not. */
class SpinnerRulesTest {

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

  private static Found until(long atMs, List<Moment> moments) {
    return new Found(true, moments, true, List.of(new Stretch(0, 0, atMs)));
  }
}
