package dev.retrospec.testruns.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testruns.TestResult.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FailureWordsTest {

  private static final int LONG = 60_000;

  @Test
  @Timeout(10)
  void longStretchesAreReadInLinearTime() {
    for (String piece :
        List.of(
            "\n", " ", "\t", "\n \n", "> ", ">\n", "1 ", "1", "a.", "at \n", "E   ", "\r",
            "Error")) {
      String stretch = piece.repeat(LONG / piece.length());
      for (String text :
          List.of(
              "expect(x)\n" + stretch + "received", stretch + "x", "x" + stretch, "> " + stretch)) {
        assertThat(FailureWords.of(null, "", text).message()).isNotNull();
        assertThat(FailureWords.of(stretch, stretch, "").message()).isNotNull();
      }
    }
  }

  @Test
  void theMessageEndsWhereCodeOrStackBegins() {
    assertThat(said("expect(x)\n\n\n    > 8 | click()\n")).isEqualTo("expect(x)");
    assertThat(said("expect(x)\n\n      8 | click()\n")).isEqualTo("expect(x)");
    assertThat(said("expect(x)\n \n\tat com.shop.Cart.sum(Cart.java:3)")).isEqualTo("expect(x)");
    assertThat(said("expect(x)\n\nis 8 | 9")).isEqualTo("expect(x)\n\nis 8 | 9");
  }

  private static String said(String text) {
    Failure failure = FailureWords.of(null, null, text);
    return failure.message();
  }
}
