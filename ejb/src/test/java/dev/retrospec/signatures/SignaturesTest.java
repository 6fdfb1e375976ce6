package dev.retrospec.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.retrospec.signatures.stacks.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final String STACK =
      """
      java.lang.IllegalStateException: Order 17 of /home/ci/build-1/shop/data.json is closed
      \tat shop.Orders.pay(Orders.java:41)
      \tat shop.OrdersTest.paysOnce(OrdersTest.java:12)
      \tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
      \tat org.junit.jupiter.engine.Engine.run(Engine.java:9)
      """;

  @Test
  void anotherDayLinePathAndNumberGiveTheSameSignature() {
    String later =
        STACK
            .replace(":41)", ":57)")
            .replace("Order 17", "Order 99")
            .replace("/home/ci/build-1/", "/builds/group/");

    assertThat(of(later)).isEqualTo(of(STACK));
  }

  @Test
  void theCauseSpeaksForItsWrapper() {
    String wrapped =
        """
        java.util.concurrent.ExecutionException: java.lang.IllegalStateException: boom
        \tat shop.Pool.run(Pool.java:9)
        Caused by: java.lang.IllegalStateException: boom
        \tat shop.Orders.pay(Orders.java:41)
        \t... 12 more
        """;

    FailureSignature signature = of(wrapped);

    assertThat(signature.type()).isEqualTo("IllegalStateException");
    assertThat(signature.template()).isEqualTo("boom");
    assertThat(signature.frames())
        .extracting(Frame::function)
        .containsExactly("Orders.pay", "Pool.run");
  }

  @Test
  void comparedValuesStandApartFromTheSentence() {
    FailureSignature signature =
        Signatures.of(
            new FailureText(
                "org.opentest4j.AssertionFailedError", "expected: <4> but was: <8>", null));

    assertThat(signature.type()).isEqualTo("AssertionError");
    assertThat(signature.template()).isEqualTo("expected: <<value>> but was: <<value>>");
    assertThat(signature.difference().expected()).isEqualTo("4");
    assertThat(signature.difference().actual()).isEqualTo("8");
  }

  @Test
  void signatureSurvivesItsStoredForm() {
    FailureSignature signature = of(STACK + "Caused by: x.Y: HTTP 404 and expected: 1\n");

    assertThat(SignatureJson.read(SignatureJson.write(signature))).isEqualTo(signature);
  }

  /** A change here needs the next version: hashes that are stored would not be found again. */
  @Test
  void hashesOfThisVersionStayAsTheyAre() {
    assertThat(FailureSignature.VERSION).isEqualTo(3);
    assertThat(of(STACK).exactHash()).isEqualTo("72fac429966cd0ae933f0c4be7f8b5a4");
  }

  @Test
  void whatWasExpectedIsNotWhatWasThrown() {
    String quoted =
        """
        Expecting actual throwable to be an instance of:
          shop.InvalidOrder
        but was:
          java.lang.IndexOutOfBoundsException: No group 4
        \tat java.base/java.util.regex.Matcher.group(Matcher.java:646)
        \tat shop.Orders.parse(Orders.java:50)
        \t...(149 remaining lines not displayed)
        """;
    String test = "\tat shop.OrdersTest.refuses(OrdersTest.java:12)\n";

    FailureSignature signature =
        Signatures.of(
            new FailureText(
                "java.lang.AssertionError",
                quoted,
                "java.lang.AssertionError: \n" + quoted + test));

    assertThat(signature.type()).isEqualTo("IndexOutOfBoundsException");
    assertThat(signature.template()).startsWith("No group <n>");
    assertThat(signature.tellingFrames())
        .extracting(Frame::function)
        .containsExactly("Orders.parse", "OrdersTest.refuses");
  }

  @Test
  void aStackQuotedInTheMessageIsTheCause() {
    String quoted =
        """

Expecting code not to raise a throwable but caught
  "java.lang.IllegalStateException: boom
\tat shop.Orders.pay(Orders.java:41)
"
""";

    FailureSignature signature =
        Signatures.of(
            new FailureText(
                "java.lang.AssertionError",
                quoted,
                "java.lang.AssertionError: x\n\tat shop.OrdersTest.pays(OrdersTest.java:9)\n"));

    assertThat(signature.type()).isEqualTo("IllegalStateException");
    assertThat(signature.frames())
        .extracting(Frame::function)
        .containsExactly("Orders.pay", "OrdersTest.pays");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "a",
        " ",
        "\n",
        "at ",
        "at a.b(",
        "    at x (",
        "@",
        "Caused by: ",
        "a.",
        "a::",
        "expected ",
        "expected: <",
        "<",
        "[",
        "\u001b[",
        "/a",
        "0",
        "0:",
        "12ms ",
        "  File \"a\", line 1\n",
        "x.go:1: ",
        " ---> ",
        "E   ",
        "thread 'a' panicked at ",
        "from a.rb:1:in `",
        "\ud800",
        "- Expected\n+ "
      })
  void hostileTextTakesNoMoreTimeThanOther(String part) {
    String text = part.repeat(FailureText.MAX_STACK_LENGTH / part.length() + 1);

    assertTimeout(Duration.ofSeconds(30), () -> Signatures.of(new FailureText(null, text, text)));
  }

  private static FailureSignature of(String stack) {
    return Signatures.of(new FailureText(null, "", stack));
  }
}
