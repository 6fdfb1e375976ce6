package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.marker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.MarkerKind;
import org.junit.jupiter.api.Test;

class SymptomTest {

  @Test
  void symptomIsOneShortLine() {
    String long300 = "x".repeat(198) + "\ud83d\ude00" + "y".repeat(100);

    assertThat(
            Symptom.of(
                marker(MarkerKind.JS_EXCEPTION, "Uncaught Error:\n boom\u0000!", null, null, null)))
        .isEqualTo("Error: boom !");
    assertThat(Symptom.of(marker(MarkerKind.JS_EXCEPTION, long300, null, null, null)))
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("x…");
  }
}
