package dev.retrospec.workers.moments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.replays.ReplayWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkerWindowsTest {

  @Test
  void aWindowBeginsTwoSecondsBeforeItsMarkerAndEndsEightAfter() {
    assertThat(MarkerWindows.around(List.of(20_000L), 2_000, 8_000, 60_000))
        .containsExactly(new ReplayWindow(18_000, 28_000));
  }

  @Test
  void windowsThatOverlapBecomeOneInWhateverOrderTheMarkersCome() {
    assertThat(MarkerWindows.around(List.of(50_000L, 25_000L, 20_000L), 2_000, 8_000, 60_000))
        .containsExactly(new ReplayWindow(18_000, 33_000), new ReplayWindow(48_000, 58_000));
  }

  @Test
  void noWindowReachesBeyondTheSession() {
    assertThat(MarkerWindows.around(List.of(500L, 58_000L), 2_000, 8_000, 60_000))
        .containsExactly(new ReplayWindow(0, 8_500), new ReplayWindow(56_000, 60_000));
  }

  @Test
  void aMarkerBeyondTheDeclaredEndStillHasAWindow() {
    assertThat(MarkerWindows.around(List.of(9_000L), 2_000, 8_000, 0))
        .containsExactly(new ReplayWindow(7_000, 9_000));
  }

  @Test
  void withoutMarkersThereIsNothingToWatch() {
    assertThat(MarkerWindows.around(List.of(), 2_000, 8_000, 60_000)).isEmpty();
  }
}
