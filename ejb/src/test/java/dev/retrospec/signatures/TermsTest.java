package dev.retrospec.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.signatures.Terms.Kind;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TermsTest {

  private static final String STACK =
      """
      java.lang.IllegalStateException: the order of this cart is closed for ever
      \tat shop.Orders.pay(Orders.java:41)
      \tat org.junit.Runner.run(Runner.java:12)
      """;

  @Test
  void callsWordsAndBandsAreToldApart() {
    int[] terms = Terms.of(signature(STACK));

    assertThat(Arrays.stream(terms).filter(term -> Terms.kind(term) == Kind.FRAME)).hasSize(1);
    assertThat(Arrays.stream(terms).filter(term -> Terms.kind(term) == Kind.WORD)).hasSize(10);
    assertThat(Arrays.stream(terms).filter(term -> Terms.kind(term) == Kind.BAND))
        .hasSize(MinHash.BANDS);
    assertThat(terms).contains(Terms.word("cart")).doesNotHaveDuplicates();
  }

  @Test
  void alikeMessagesShareABand() {
    Set<Integer> one = bands(STACK);

    assertThat(bands(STACK.replace("for ever", "for good"))).containsAnyElementsOf(one);
    assertThat(bands("java.io.IOException: no route to any host from here or there"))
        .doesNotContainAnyElementsOf(one);
  }

  private static Set<Integer> bands(String stack) {
    return Arrays.stream(Terms.of(signature(stack)))
        .boxed()
        .filter(term -> Terms.kind(term) == Kind.BAND)
        .collect(Collectors.toSet());
  }

  private static FailureSignature signature(String stack) {
    return Signatures.of(new FailureText(null, "", stack));
  }
}
