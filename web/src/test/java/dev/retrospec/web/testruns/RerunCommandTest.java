package dev.retrospec.web.testruns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerunCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.tea.BasketTest.addsUp | | mvn test -Dtest='BasketTest#addsUp'",
        "dev.tea.BasketTest#addsUp[2] | src/test/java/dev/tea/BasketTest.java | mvn test -Dtest='BasketTest#addsUp'",
        "checkout.spec.ts › pays | e2e/checkout.spec.ts | npx playwright test e2e/checkout.spec.ts",
        "adds up | web/basket.test.tsx | npx jest web/basket.test.tsx",
        "tests.test_basket.test_adds[3] | tests/test_basket.py | pytest tests/test_basket.py -k test_adds",
        "basket/TestAdds/empty | basket_test.go | go test ./... -run '^TestAdds$'"
      })
  void namesTheToolThatTheTestTells(String name, String file, String command) {
    assertThat(RerunCommand.of(name, file)).hasValue(command);
  }

  @Test
  void isSilentWhereItWouldHaveToGuess() {
    assertThat(RerunCommand.of("it adds up", null)).isEmpty();
    assertThat(RerunCommand.of("adds up", "basket.feature")).isEmpty();
  }

  @Test
  void neverPassesOnWhatAShellWouldRun() {
    assertThat(RerunCommand.of("pays", "e2e/$(reboot).spec.ts")).isEmpty();
    assertThat(RerunCommand.of("test_a; reboot", "tests/test_a.py"))
        .hasValue("pytest tests/test_a.py");
  }

  @Test
  void runsSeveralTestsWithOneCommandForEachTool() {
    record Named(String name, String file) {}
    List<Named> tests =
        List.of(
            new Named("pays with a card", "e2e/checkout.spec.ts"),
            new Named("dev.tea.BasketTest.addsUp", null),
            new Named("pays by voucher", "e2e/checkout.spec.ts"),
            new Named("dev.tea.PayTest.pays", null),
            new Named("shop/TestA", "a_test.go"),
            new Named("shop/TestB", "b_test.go"),
            new Named("test_adds", "tests/test_basket.py"),
            new Named("test_pays", "tests/test_pay.py"),
            new Named("nobody knows by which tool", null));

    assertThat(RerunCommand.together(tests, Named::name, Named::file))
        .containsExactly(
            "mvn test -Dtest='BasketTest#addsUp,PayTest#pays'",
            "npx playwright test e2e/checkout.spec.ts",
            "pytest tests/test_basket.py tests/test_pay.py -k 'test_adds or test_pays'",
            "go test ./... -run '^(TestA|TestB)$'");
  }

  @Test
  void choosesAWholeFileOverNamesOfOthers() {
    record Named(String name, String file) {}
    List<Named> tests =
        List.of(new Named("test_adds", "tests/test_a.py"), new Named("A check", "tests/test_b.py"));

    assertThat(RerunCommand.together(tests, Named::name, Named::file))
        .containsExactly("pytest tests/test_a.py tests/test_b.py");
  }
}
