package dev.retrospec.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "blocks/2026/11/21/x.bin",
        "p/ses_1:2/..a",
        "p/a..b/c...",
        "p/.hidden",
        "day=1/x"
      })
  void acceptsSegmentsBetweenSlashes(String key) {
    assertThat(new ArtifactKey(key)).hasToString(key);
    assertThat(ArtifactKey.parse(key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/..",
        "a/./b",
        "a\\b",
        "a b",
        "ä",
        "a/%2e%2e/b",
        "a\n",
        "a/b\u0000"
      })
  void refusesWhatCouldLeaveItsFolder(String key) {
    assertThatThrownBy(() -> new ArtifactKey(key)).isInstanceOf(InvalidArtifactKey.class);
    assertThat(ArtifactKey.parse(key)).isEmpty();
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    String longest = "a".repeat(ArtifactKey.MAX_LENGTH);
    assertThat(ArtifactKey.parse(longest)).isPresent();
    assertThat(ArtifactKey.parse(longest + "a")).isEmpty();
  }
}
