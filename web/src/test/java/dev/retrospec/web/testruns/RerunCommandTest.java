package dev.retrospec.web.testruns;

import static org.assertj.core.api.Assertions.assertThat;

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
}
