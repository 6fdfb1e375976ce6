package dev.retrospec.workers.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.analysis.model.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzerConfigTest {

  @Test
  void rulesAreTheDefault() {
    assertThat(config(Map.of()).models()).isNull();
  }

  @Test
  void modelsAreAskedByTheContractOrByOpenAisProtocol() {
    ModelConfig models =
        config(
                Map.of(
                    "ANALYZER_PROVIDER", "dual_http",
                    "ANALYZER_TEXT_MODEL_ENDPOINT", "http://models.test:81/analyze/v1?fast=1",
                    "ANALYZER_VISUAL_MODEL_ENDPOINT", "http://vlm.test/v1",
                    "ANALYZER_VISUAL_MODEL_NAME", "sees",
                    "ANALYZER_MODEL_API_KEY", "hush"))
            .models();

    assertThat(models).isNotNull();
    assertThat(models.text()).hasToString("http://models.test:81/analyze/v1?fast=1");
    assertThat(models.visual()).hasToString("http://vlm.test/v1/chat/completions");
    assertThat(models.fallbackToHeuristic()).isTrue();
    assertThat(models.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt,http://models.test,1000",
    "dual_http,,1000",
    "dual_http,file:///etc/passwd,1000",
    "dual_http,http://models.test,90000"
  })
  void anAnalyzerThatIsNotThereStopsTheStart(String provider, String endpoint, String timeout) {
    Map<String, String> given = new HashMap<>();
    given.put("ANALYZER_PROVIDER", provider);
    given.put("ANALYZER_TEXT_MODEL_ENDPOINT", endpoint);
    given.put("ANALYZER_MODEL_TIMEOUT_MS", timeout);

    assertThatThrownBy(() -> config(given))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("ANALYZER_");
  }

  private static AnalyzerConfig config(Map<String, String> given) {
    return AnalyzerConfig.from(Settings.of(name -> Optional.ofNullable(given.get(name))));
  }
}
