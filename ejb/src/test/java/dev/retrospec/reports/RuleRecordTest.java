package dev.retrospec.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleRecordTest {

  @Test
  void beforeAnybodyHasJudgedTheCaseItselfDecides() {
    assertThat(new RuleRecord("r", 0, 0).confidence(0.7)).isEqualTo(0.7);
  }

  @Test
  void oneThumbDecidesNothing() {
    assertThat(new RuleRecord("r", 0, 1).confidence(0.7)).isEqualTo(0.62);
    assertThat(new RuleRecord("r", 1, 1).confidence(0.7)).isEqualTo(0.73);
  }

  @Test
  void manyJudgementsOutweighThePrior() {
    assertThat(new RuleRecord("r", 10, 100).confidence(0.9)).isEqualTo(0.16);
    assertThat(new RuleRecord("r", 97, 100).confidence(0.3)).isEqualTo(0.92);
  }

  @Test
  void nIsNeverMoreThanM() {
    assertThatThrownBy(() -> new RuleRecord("r", 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
