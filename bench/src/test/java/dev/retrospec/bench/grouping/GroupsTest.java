package dev.retrospec.bench.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retrospec.bench.similarity.PairCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {

  @Test
  void pairsOfOneGroupAreRightWhenTheyAreOfOneFault() {
    // Right: a-a. Wrong: a-b twice. Missed: b-b.
    Groups groups = new Groups(List.of("a", "a", "b", "b"), List.of("1", "1", "1", "2"));

    assertThat(groups.pairs()).isEqualTo(new PairCounts(1, 2, 1));
  }

  @Test
  void bCubedLooksAtEachErrorsOwnGroup() {
    // Precision 2/3, 2/3, 1/3 and 1, recall 1, 1, 1/2 and 1/2.
    Groups groups = new Groups(List.of("a", "a", "b", "b"), List.of("1", "1", "1", "2"));

    double precision = (2 / 3.0 + 2 / 3.0 + 1 / 3.0 + 1) / 4;
    double recall = 0.75;
    assertThat(groups.bCubedF1())
        .isCloseTo(2 * precision * recall / (precision + recall), within(1e-9));
    assertThat(new Groups(List.of("a", "b"), List.of("1", "2")).bCubedF1()).isEqualTo(1);
  }

  @Test
  void anErrorStaysWhenItIsWhereItsFaultWasFirst() {
    List<LabelledError> errors =
        List.of(error("a"), error("b"), error("a"), error("a"), error("b"));

    Deploys deploys = Deploys.of(errors, List.of("1", "2", "1", "3", "2"));

    assertThat(deploys).isEqualTo(new Deploys(2, 3));
    assertThat(deploys.share()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void errorsOfTwoProjectsAreNeverOne() {
    GroupingMethod method = GroupingMethod.of("all", error -> "same");

    assertThat(method.groups(List.of(error("a"), error("a")))).containsExactly("p same", "p same");
  }

  private static LabelledError error(String fault) {
    return new LabelledError(
        "p", fault, false, "js_exception", null, "/", "label", null, null, null, "made", 0);
  }
}
