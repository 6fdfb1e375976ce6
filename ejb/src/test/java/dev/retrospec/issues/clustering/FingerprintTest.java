package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.CHROME;
import static dev.retrospec.issues.clustering.FailureFixture.key;
import static dev.retrospec.issues.clustering.FailureFixture.marker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

  @Test
  void kindHintAndStatusTellFailuresApart() {
    assertThat(key(MarkerKind.JS_EXCEPTION, "boom"))
        .isNotEqualTo(key(MarkerKind.UI_NO_EFFECT, "boom"));
    assertThat(key(marker(MarkerKind.API_ERROR, "pay", "hint-a", null, null)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "pay", "hint-b", null, null)));
    assertThat(key(marker(MarkerKind.API_ERROR, "pay", null, null, 500)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "pay", null, null, 404)));
  }

  @Test
  void partsDoNotRunIntoEachOther() {
    assertThat(key(marker(MarkerKind.API_ERROR, "b", "a", null, null)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "ab", null, null, null)));
  }

  @Test
  void keyCarriesTheVersionAndIsOneUrlSegment() {
    assertThat(key(MarkerKind.JS_EXCEPTION, "boom")).matches("v2-[0-9a-f]{32}");
  }

  /** A change here is a new version: keys that are stored would not be found again. */
  @Test
  void v2StaysAsItIs() {
    assertThat(key(marker(MarkerKind.API_ERROR, "POST /api/pay/17 500", "Pay", CHROME, 500)))
        .isEqualTo("v2-bd90363daf937e6ce7a3debe656c1685");
    assertThat(FailureFixture.exception("TypeError", "x is undefined", CHROME).key().value())
        .isEqualTo("v2-402f9b3f0dccd718840d5dd159c00c1a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "@",
        "a@",
        "-",
        "a-",
        "1-",
        ":",
        "://",
        "a://",
        "(",
        " at ",
        "\n",
        "\u0000",
        "\ud800",
        "\udc00",
        "http://",
        "status code ",
        "0x",
        "%",
        ".",
        "1.",
        "T",
        "\t",
        "é",
        "٣",
        "undefined is not an object (evaluating '",
        "'",
        "x is not a function",
        "@https://a/b:1:1\n",
        "    at f (https://a.test/b.js:1:2)\n",
        "(((((",
        "/",
        "#",
        "?",
        ";",
        "async*",
        "e\u0301"
      })
  @Timeout(30)
  void hostileTextTakesLinearTime(String piece) {
    String huge = piece.repeat(2_000_000 / piece.length());

    assertThatCode(
            () -> {
              ObservedMarker hostile = marker(MarkerKind.API_ERROR, huge, huge, huge, 1);
              key(hostile);
              Symptom.of(hostile);
            })
        .doesNotThrowAnyException();
  }

  @Test
  @Timeout(10)
  void aThousandLongMarkersTakeLessThanSeconds() {
    String text = "GET https://a.test/x/1 ann@example.com 550e8400-e29b-41d4-a716-446655440000 ";
    ObservedMarker marker =
        marker(MarkerKind.API_ERROR, text.repeat(50), text, CHROME.repeat(40), 1);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      key(marker);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
