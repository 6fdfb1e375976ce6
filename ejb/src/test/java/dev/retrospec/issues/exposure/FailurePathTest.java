package dev.retrospec.issues.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.exposure.FailurePath.Failing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailurePathTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void pathIsThePageAndTheClicksThatMostFailingSessionsShare() {
    FailurePath path =
        FailurePath.of(
            "/checkout",
            List.of(
                failing("/cart", "+Go", "/checkout", "+Terms", "+Pay"),
                failing("/checkout", "+Voucher", "+Terms", "+Pay"),
                failing("/checkout", "+Pay")));

    assertThat(path).isEqualTo(new FailurePath("/checkout", List.of("Terms", "Pay")));
  }

  @Test
  void whatWasClickedOnAnotherPageIsNoPartOfIt() {
    FailurePath path = FailurePath.of("/checkout", List.of(failing("/cart", "+Go", "/checkout")));

    assertThat(path.clicks()).isEmpty();
  }

  @Test
  void idsInAddressesDoNotMatter() {
    FailurePath path = FailurePath.of("/orders/4711", List.of());

    assertThat(path.walkedBy(steps("https://shop.test/orders/12345?tab=1"))).isTrue();
    assertThat(path.walkedBy(steps("https://shop.test/orders"))).isFalse();
  }

  @Test
  void sessionWalksThePathOnItsPageInItsOrder() {
    FailurePath path = new FailurePath("/checkout", List.of("Terms", "Pay"));

    assertThat(path.walkedBy(steps("/checkout", "+Help", "+Terms", "+Help", "+Pay"))).isTrue();
    assertThat(path.walkedBy(steps("/checkout", "+Pay", "+Terms"))).isFalse();
    assertThat(path.walkedBy(steps("/cart", "+Terms", "+Pay"))).isFalse();
    assertThat(path.walkedBy(steps("/checkout", "+Terms", "/cart", "/checkout", "+Pay"))).isFalse();
    assertThat(path.walkedBy(steps())).isFalse();
  }

  @Test
  void visitOfThePageIsThePathOfWhatFailsByItself() {
    FailurePath path = new FailurePath("/checkout", List.of());

    assertThat(path.walkedBy(steps("/", "/checkout"))).isTrue();
    assertThat(path.walkedBy(steps("/"))).isFalse();
  }

  private static Failing failing(String... names) {
    return new Failing(steps(names), START.plusSeconds(names.length));
  }

  /** A "+" is a click. */
  private static List<PathStep> steps(String... names) {
    List<PathStep> steps = new ArrayList<>();
    for (String name : names) {
      Instant at = START.plusSeconds(steps.size());
      steps.add(
          name.startsWith("+") ? PathStep.click(name.substring(1), at) : PathStep.page(name, at));
    }
    return steps;
  }
}
