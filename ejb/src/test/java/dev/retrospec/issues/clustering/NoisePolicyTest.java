package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoisePolicyTest {

  private final NoisePolicy ours = new NoisePolicy(NoisePolicy.DEFAULTS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resize-observer | Error | ResizeObserver loop limit exceeded",
        "script-error | Error | Script error.",
        "browser-extensions | Error | Extension context invalidated.",
        "in-app-browsers | TypeError | undefined is not an object (evaluating 'window.webkit.messageHandlers.x')",
        "cancelled-requests | AbortError | The user aborted a request.",
        "link-scanners | UnhandledRejection | Non-Error promise rejection captured with value: Object Not Found Matching Id:1",
      })
  void whatIsKnownAsNoiseIsNoise(String rule, String type, String message) {
    assertThat(noise(ours, type, message, null)).contains(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "TypeError, total is undefined",
    "ChunkLoadError, Loading chunk 7 failed.",
    "Error, Minified React error #418"
  })
  void whatSomebodyShouldSeeIsNone(String type, String message) {
    assertThat(noise(ours, type, message, null)).isEmpty();
  }

  @Test
  void aProjectSwitchesOurRulesAndAddsItsOwn() {
    NoiseRule own = NoiseRule.told("chat", "stack", "https://chat.example/*", true);
    NoiseRule off = NoiseRule.told("script-error", "message", "anything", false);
    NoisePolicy policy = new NoisePolicy(NoisePolicy.over(List.of(own, off)));
    String stack = "E: x\n    at open (https://chat.example/widget.js:1:2)";

    assertThat(noise(policy, "Error", "x", stack)).contains("chat");
    assertThat(noise(policy, "Error", "Script error.", null)).isEmpty();
    assertThat(NoisePolicy.over(List.of(off)))
        .hasSize(NoisePolicy.DEFAULTS.size())
        .contains(new NoiseRule("script-error", NoiseRule.Subject.FAMILY, "script_error", false));
  }

  @ParameterizedTest
  @CsvSource({
    "*loop*, a LOOP b, true",
    "loop*, a loop, false",
    "*a*b*c, xaybzc, true",
    "*a*b*c, xaybzcd, false",
    "boom, boom, true",
    "boom, boom!, false",
    "'b*', b, true"
  })
  void aStarIsAnyText(String pattern, String text, boolean matches) {
    assertThat(NoiseRule.told("x", "message", pattern, true).matches(text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "'', message, x",
    "A B, message, x",
    "x, elsewhere, x",
    "x, message, ' '",
    "x, message, **"
  })
  void aRuleThatCannotBeIsRefused(String name, String on, String pattern) {
    assertThatThrownBy(() -> NoiseRule.told(name, on, pattern, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<String> noise(
      NoisePolicy policy, String type, String message, @Nullable String stack) {
    ObservedMarker marker = error("/a", new ErrorDetail(type, message, stack, null, null));
    return policy.noise(marker, Fingerprint.of(marker));
  }
}
