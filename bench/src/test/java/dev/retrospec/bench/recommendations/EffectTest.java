package dev.retrospec.bench.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectTest {

  @Test
  void apfdIsThatOfTheLiterature() {
    // 1 - (1 + 3) / (4 * 2) + 1 / 8
    assertThat(Effect.apfd(List.of(7, 1, 9, 2), Set.of(7, 9))).isCloseTo(0.625, within(1e-9));
  }

  @Test
  void countsWhatEndsWithinTheTime() {
    double[] durations = {10, 20, 30, 40};

    assertThat(Effect.caughtWithin(0.5, List.of(1, 2, 3, 0), Set.of(1, 0), durations))
        .isEqualTo(0.5);
    assertThat(Effect.caughtWithin(1, List.of(1, 2, 3, 0), Set.of(1, 0), durations)).isEqualTo(1);
  }
}
