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
  void apfdcWeighsTestsByWhatTheyTake() {
    double[] durations = {10, 20, 30, 40};

    // (100 - 10/2 + 100 - 10 - 40/2) / (100 * 2)
    assertThat(Effect.apfdc(List.of(0, 3, 1, 2), Set.of(0, 3), durations))
        .isCloseTo(0.825, within(1e-9));
  }

  @Test
  void apfdcIsApfdWhenAllTestsTakeTheSame() {
    double[] durations = {5, 5, 5, 5};

    assertThat(Effect.apfdc(List.of(3, 1, 2, 0), Set.of(3, 2), durations))
        .isCloseTo(Effect.apfd(List.of(3, 1, 2, 0), Set.of(3, 2)), within(1e-9));
  }

  @Test
  void countsWhatEndsWithinTheTime() {
    double[] durations = {10, 20, 30, 40};

    assertThat(Effect.caughtWithin(0.5, List.of(1, 2, 3, 0), Set.of(1, 0), durations))
        .isEqualTo(0.5);
    assertThat(Effect.caughtWithin(1, List.of(1, 2, 3, 0), Set.of(1, 0), durations)).isEqualTo(1);
  }
}
