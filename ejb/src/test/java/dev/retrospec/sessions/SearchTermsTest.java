package dev.retrospec.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import org.junit.jupiter.api.Test;

class SearchTermsTest {

  @Test
  void wordsAreLookedForOneByOneAndQuotesKeepThemTogether() {
    assertThat(SearchTerms.of("  pay  \"card declined\" /orders/7 ").terms())
        .containsExactly("pay", "card declined", "/orders/7");
    assertThat(SearchTerms.of("an \"open quote").terms()).containsExactly("an", "open quote");
  }

  @Test
  void knowsWhatTheIndexCanLookUp() {
    assertThat(SearchTerms.of("a pay").isIndexed(false)).isTrue();
    assertThat(SearchTerms.of("ok /a?").isIndexed(true)).isFalse();
    assertThat(SearchTerms.of("оплата").isIndexed(true)).isTrue();
    assertThat(SearchTerms.of("оплата").isIndexed(false)).isFalse();
  }

  @Test
  void refusesNothingAndTooMuch() {
    assertThatThrownBy(() -> SearchTerms.of("\"\"")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> SearchTerms.of("a b c d e f g h i j k"))
        .isInstanceOf(InvalidRequest.class);
  }
}
