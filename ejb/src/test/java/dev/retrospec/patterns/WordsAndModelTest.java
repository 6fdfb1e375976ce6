package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsAndModelTest {

  @Test
  void wordsAloneCountAsTheyDidWithoutAModel() {
    assertThat(WordsAndModel.similarity(1, 0)).isCloseTo(0.95, within(1e-9));
    assertThat(WordsAndModel.similarity(0.5, 0)).isCloseTo(0.475, within(1e-9));
    assertThat(WordsAndModel.similarity(0.5, -1)).isCloseTo(0.475, within(1e-9));
  }

  @Test
  void theModelAloneStaysBelowEveryThreshold() {
    assertThat(WordsAndModel.similarity(0, 1)).isLessThan(PatternConfig.LISTED);
    assertThat(WordsAndModel.similarity(0, 7)).isLessThan(PatternConfig.LISTED);
  }

  @Test
  void bothTogetherAreMoreThanEachAndNeverTheSame() {
    assertThat(WordsAndModel.similarity(0.7, 0.9)).isGreaterThan(0.7).isLessThan(0.95);
    assertThat(WordsAndModel.similarity(1, 1)).isEqualTo(WordsAndModel.MOST);
  }

  @Test
  void whatStandsHighInSeveralListsComesFirst() {
    assertThat(
            ReciprocalRank.fused(
                3, List.of(List.of("a", "b", "c"), List.of("b", "d"), List.of("b", "a"))))
        .containsExactly("b", "a", "d");
  }
}
