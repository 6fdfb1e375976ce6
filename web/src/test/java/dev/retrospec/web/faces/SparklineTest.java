package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void leavesZerosOutAndFillsTheHeightWithTheHighest() {
    assertThat(Sparkline.of(List.of(0, 1, 2, 0)))
        .isEqualTo("M28.0 28v-15.0h27.0v15.0zM56.0 28v-28.0h27.0v28.0z");
  }

  @Test
  void drawsNothingOfNothing() {
    assertThat(Sparkline.of(List.of())).isEmpty();
    assertThat(Sparkline.of(List.of(0, 0))).isEmpty();
  }
}
