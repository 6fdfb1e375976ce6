package dev.retrospec.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorerTest {

  private static final String STACK =
      """
      java.lang.IllegalStateException: Order 17 is closed
      \tat shop.Orders.pay(Orders.java:41)
      \tat shop.Checkout.run(Checkout.java:7)
      \tat shop.OrdersTest.paysOnce(OrdersTest.java:12)
      """;

  @Test
  void aFailureIsFullyLikeItself() {
    Similarity similarity = score(STACK, STACK);

    assertThat(similarity.raw()).isCloseTo(1, within(1e-9));
    assertThat(similarity.score()).isGreaterThan(0.95);
    assertThat(similarity.sharedFrames()).first().isEqualTo("Orders.pay@orders.java");
    assertThat(similarity.sharedWords()).containsExactlyInAnyOrder("order", "is", "closed");
  }

  @Test
  void theSameCauseSeenByAnotherTestIsTheSameFailure() {
    String other =
        STACK.replace("OrdersTest.paysOnce(OrdersTest", "RefundTest.paysBack(RefundTest");

    assertThat(score(STACK, other).score()).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void anotherTopmostCallOutweighsTheSharedOnesBelow() {
    String other = STACK.replace("shop.Orders.pay(Orders", "shop.Stock.take(Stock");

    assertThat(score(STACK, other).score()).isLessThan(0.85);
  }

  @Test
  void scoreDoesNotDependOnTheOrder() {
    String other = STACK.replace("Checkout", "Basket").replace("closed", "gone");

    assertThat(score(STACK, other).raw()).isCloseTo(score(other, STACK).raw(), within(1e-12));
  }

  @Test
  void unrelatedFailuresAreNotAlike() {
    Similarity similarity =
        score(STACK, "TypeError: x is not a function\n    at show (https://a.test/app.js:1:2)");

    assertThat(similarity.score()).isLessThan(0.1);
    assertThat(similarity.frames()).isZero();
    assertThat(similarity.type()).isZero();
  }

  @Test
  void differentCodesKeepFailuresApart() {
    Similarity similarity =
        score(STACK.replace("is closed", "HTTP 404"), STACK.replace("is closed", "HTTP 500"));

    assertThat(similarity.codesDiffer()).isTrue();
    assertThat(similarity.raw()).isLessThanOrEqualTo(0.5);
    assertThat(similarity.score()).isLessThan(0.85);
  }

  @Test
  void withoutCallsTheWordsDecide() {
    assertThat(score("Order 17 is closed", "Order 99 is closed").score())
        .isGreaterThanOrEqualTo(0.85);
    assertThat(score("Order 17 is closed", "No route to host").score()).isLessThan(0.3);
  }

  @Test
  void failuresThatTellNothingAreNotTakenForOne() {
    assertThat(
            score("java.lang.ArrayIndexOutOfBoundsException", "java.lang.StackOverflowError").raw())
        .isZero();
    assertThat(
            score(
                    "java.lang.ArrayIndexOutOfBoundsException",
                    "java.lang.ArrayIndexOutOfBoundsException")
                .score())
        .isLessThan(0.85);
  }

  @Test
  void anotherComparedValueSpeaksAgainstTheSameFailure() {
    FailureSignature four = assertion("expected: <4> but was: <8>");

    assertThat(raw(four, assertion("expected: <4> but was: <9>")))
        .isLessThan(raw(four, assertion("expected: <4> but was: <8>")));
  }

  @Test
  void rareWordsTellMoreThanCommonOnes() {
    Rarity rarity = Rarity.of(Map.of(Terms.word("failed"), 99, Terms.word("quark"), 1), 100);
    FailureSignature both = message("failed quark");

    assertThat(Scorer.score(both, message("quark"), rarity, Calibration.shipped()).message())
        .isGreaterThan(
            Scorer.score(both, message("failed"), rarity, Calibration.shipped()).message());
  }

  private static Similarity score(String one, String other) {
    return Scorer.score(stack(one), stack(other), Rarity.uniform(), Calibration.shipped());
  }

  private static double raw(FailureSignature one, FailureSignature other) {
    return Scorer.score(one, other, Rarity.uniform(), Calibration.shipped()).raw();
  }

  private static FailureSignature stack(String text) {
    return Signatures.of(new FailureText(null, "", text));
  }

  private static FailureSignature message(String text) {
    return Signatures.of(new FailureText(null, text, null));
  }

  private static FailureSignature assertion(String message) {
    return Signatures.of(
        new FailureText(
            "org.opentest4j.AssertionFailedError",
            message,
            "\tat shop.CartTest.total(CartTest.java:9)"));
  }
}
