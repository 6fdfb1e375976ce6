package dev.retrospec.bench.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

  private static final List<LabelledFailure> SET =
      List.of(failure("a", "x"), failure("a", "y"), failure("b", "x"), failure("b", "z"));

  @Test
  void precisionAndRecallCountPairs() {
    // Right: a-a. Wrong: the two x. Missed: b-b.
    Pairs pairs = Pairs.of(SET, (one, other) -> one + other == 1 || one + other == 2 ? 1 : 0);

    PairCounts counts = pairs.at(0.5, pair -> true);

    assertThat(counts).isEqualTo(new PairCounts(1, 1, 1));
    assertThat(counts.precision()).isCloseTo(0.5, within(1e-9));
    assertThat(counts.recall()).isCloseTo(0.5, within(1e-9));
    assertThat(counts.f1()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void ofEquallyAlikeNeighboursTheWrongOneCounts() {
    assertThat(Pairs.of(SET, (one, other) -> 1).nearestIsRight()).isZero();
    assertThat(Pairs.of(SET, (one, other) -> one / 2 == other / 2 ? 1 : 0).nearestIsRight())
        .isEqualTo(1);
  }

  @Test
  void theSetIsWideAndNamesNoFolderOfAMachine() {
    for (LabelledFailure failure : LabelledSet.house()) {
      assertThat(failure.stack() + failure.message())
          .doesNotContain(
              System.getProperty("user.home") + "/", System.getProperty("user.dir"), ".m2");
    }
    assertThat(LabelledSet.house().stream().map(LabelledFailure::cause).distinct())
        .hasSizeGreaterThanOrEqualTo(40);
    assertThat(LabelledSet.reports()).hasSize(46);
  }

  private static LabelledFailure failure(String cause, String test) {
    return new LabelledFailure(cause, 1, test, "", "m", "s");
  }
}
