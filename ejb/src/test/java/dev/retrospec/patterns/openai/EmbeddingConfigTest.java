package dev.retrospec.patterns.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingConfigTest {

  @Test
  void aKeyAloneSendsNothingAnywhere() {
    assertThat(read(Map.of("OPENAI_API_KEY", "sk-1"))).isEqualTo(EmbeddingConfig.OFF);
  }

  @Test
  void aModelAndAKeyAreOpenAi() {
    EmbeddingConfig.Model model =
        read(Map.of("OPENAI_API_KEY", "sk-1", "EMBEDDING_MODEL", "text-embedding-3-small")).model();

    assertThat(model).isNotNull();
    assertThat(model.server().baseUrl()).isEqualTo("https://api.openai.com");
    assertThat(model.server().apiKey()).isEqualTo("sk-1");
    assertThat(model.dimensions()).isNull();
    assertThat(model.toString()).doesNotContain("sk-1");
  }

  @Test
  void aServerOfItsOwnNeverGetsOpenAisKey() {
    EmbeddingConfig.Model model =
        read(Map.of(
                "OPENAI_API_KEY", "sk-1",
                "EMBEDDING_MODEL", "nomic-embed-text",
                "EMBEDDING_BASE_URL", "http://localhost:11434/v1",
                "EMBEDDING_DIMENSIONS", "768"))
            .model();

    assertThat(model).isNotNull();
    assertThat(model.server().baseUrl()).isEqualTo("http://localhost:11434");
    assertThat(model.server().apiKey()).isEmpty();
    assertThat(model.dimensions()).isEqualTo(768);
  }

  @Test
  void whatCannotWorkStopsTheStart() {
    refused(Map.of("EMBEDDING_MODEL", "text-embedding-3-small"), "OPENAI_API_KEY");
    refused(
        Map.of("EMBEDDING_MODEL", "m", "EMBEDDING_BASE_URL", "localhost:11434"),
        "EMBEDDING_BASE_URL");
    refused(
        Map.of(
            "EMBEDDING_MODEL", "m",
            "EMBEDDING_BASE_URL", "http://localhost",
            "EMBEDDING_QUESTION_TIMEOUT_MS", "5000"),
        "EMBEDDING_QUESTION_TIMEOUT_MS");
  }

  private static void refused(Map<String, String> settings, String name) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(name);
  }

  private static EmbeddingConfig read(Map<String, String> settings) {
    return EmbeddingConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
  }
}
