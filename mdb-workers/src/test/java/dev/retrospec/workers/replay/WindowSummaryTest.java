package dev.retrospec.workers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.workers.moments.Moment;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WindowSummaryTest {

  private static final List<Moment> ONE_OF_EACH =
      List.of(
          new Moment.ConsoleEntry(1, "error", "boom"),
          new Moment.RequestEnded(2, "GET", "/api/cart", 500, 12),
          new Moment.Navigated(3, "/checkout"),
          new Moment.Clicked(4, 17),
          new Moment.Pressed(5, "button#pay", "Pay now"),
          new Moment.Entered(6, 18),
          new Moment.PageChanged(7, 1, 2, 3, 4),
          new Moment.BusyChanged(8, 19, true, "div.spinner", true, null),
          new Moment.Marked(9, "mrk_1", null),
          new Moment.Custom(10, "cart-opened"));

  @Test
  void everyKindOfMomentIsTold() {
    Set<Class<?>> told = ONE_OF_EACH.stream().map(Moment::getClass).collect(Collectors.toSet());

    assertThat(told).containsExactlyInAnyOrder(Moment.class.getPermittedSubclasses());
    assertThat(ONE_OF_EACH)
        .extracting(moment -> WindowSummary.event(moment).kind())
        .containsExactly(
            "console",
            "network",
            "navigation",
            "click",
            "control",
            "input",
            "mutation",
            "waiting",
            "marker",
            "custom");
  }

  @Test
  void aControlWithoutALabelIsToldByItsSelector() {
    Moment pressed = new Moment.Pressed(5, "div.veil", "");

    assertThat(WindowSummary.event(pressed).text()).isEqualTo("div.veil");
  }
}
