package dev.retrospec.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void probabilityNeverFallsAndStaysBetweenNoneAndAll() {
    assertRises(Calibration.shipped());
    assertRises(Calibration.fitted(judged(0.3, 50, 50)));
  }

  @Test
  void withoutJudgementsTheShippedOneHolds() {
    Calibration fitted = Calibration.fitted(List.of());

    for (double raw = 0; raw <= 1; raw += 0.05) {
      assertThat(fitted.probability(raw))
          .isCloseTo(Calibration.shipped().probability(raw), within(1e-9));
    }
  }

  @Test
  void manyJudgementsOverruleTheShippedOne() {
    assertThat(Calibration.fitted(judged(0.9, 200, 800)).probability(0.9)).isLessThan(0.4);
  }

  @Test
  void oneJudgementMovesItBarely() {
    double shipped = Calibration.shipped().probability(0.9);

    assertThat(Calibration.fitted(judged(0.9, 0, 1)).probability(0.9))
        .isLessThan(shipped)
        .isGreaterThan(shipped - 0.1);
  }

  private static void assertRises(Calibration calibration) {
    double before = 0;
    for (double raw = -0.1; raw <= 1.1; raw += 0.01) {
      double probability = calibration.probability(raw);
      assertThat(probability).isBetween(before, 1.0);
      before = probability;
    }
  }

  private static List<Judged> judged(double raw, int same, int different) {
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < same + different; i++) {
      judged.add(new Judged(raw, i < same));
    }
    return judged;
  }
}
