package dev.retrospec.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The acceptance figures of the design; the vector that it replaces had .137, .832, .182, .678. */
class HashedVectorTest {

  private static final String FAILURE =
      """
      AssertionError: order was not paid in time by the payment provider
        File "/srv/shop/tests/test_checkout.py", line 12, in test_pays
        File "/srv/shop/checkout.py", line 88, in pay
      """;

  @Test
  void oneMoreSpaceInFrontChangesNothing() {
    assertThat(cosine(FAILURE, " " + FAILURE)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void anotherLineChangesNothing() {
    assertThat(cosine(FAILURE, FAILURE.replace("line 12", "line 112")))
        .isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void unrelatedFailuresAreFarApart() {
    assertThat(
            Math.abs(
                cosine(
                    FAILURE,
                    "TypeError: cart is undefined\n    at showTotal (https://a.test/app.js:1:2)")))
        .isLessThanOrEqualTo(0.2);
  }

  @Test
  void lengthDoesNotBringUnrelatedLogsTogether() {
    assertThat(Math.abs(cosine(log(1), log(2)))).isLessThanOrEqualTo(0.2);
  }

  @Test
  void lengthIsOne() {
    float[] vector = HashedVector.ofText(FAILURE);

    assertThat(vector).hasSize(HashedVector.DIMENSIONS);
    assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    assertThat(dot(HashedVector.ofText(""), vector)).isZero();
  }

  @Test
  void wordsOfANameFindIt() {
    assertThat(cosine("checkout pay", FAILURE))
        .isGreaterThan(0.1)
        .isGreaterThan(cosine("stock count", FAILURE) + 0.1);
  }

  /** About 6 kB of words that no other log has. */
  private static String log(int seed) {
    Random random = new Random(seed);
    StringBuilder log = new StringBuilder();
    while (log.length() < 6_000) {
      for (int letter = 0; letter < 7; letter++) {
        log.append((char) ('a' + random.nextInt(26)));
      }
      log.append(' ');
    }
    return log.toString();
  }

  private static double cosine(String one, String other) {
    return dot(HashedVector.ofText(one), HashedVector.ofText(other));
  }

  private static double dot(float[] one, float[] other) {
    double dot = 0;
    for (int i = 0; i < one.length; i++) {
      dot += one[i] * other[i];
    }
    return dot;
  }
}
