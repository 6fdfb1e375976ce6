package dev.retrospec.web.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseBackingTest {

  static List<NoiseRule> ours() {
    return NoisePolicy.DEFAULTS;
  }

  @ParameterizedTest
  @MethodSource("ours")
  void eachRuleThatComesWithRetroSpecSaysWhatItIsAbout(NoiseRule rule) {
    assertThat(new NoiseBacking().says(rule)).isNotBlank();
  }
}
