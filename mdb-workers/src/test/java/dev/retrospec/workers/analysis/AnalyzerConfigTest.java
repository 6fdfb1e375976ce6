package dev.retrospec.workers.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerConfigTest {

  @Test
  void rulesAreTheDefault() {
    assertThat(AnalyzerConfig.from(Settings.of(name -> Optional.empty())).provider())
        .isEqualTo(AnalyzerConfig.Provider.HEURISTIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dual_http", "gpt"})
  void anAnalyzerThatIsNotThereStopsTheStart(String provider) {
    Settings settings =
        Settings.of(
            name -> name.equals("ANALYZER_PROVIDER") ? Optional.of(provider) : Optional.empty());

    assertThatThrownBy(() -> AnalyzerConfig.from(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("ANALYZER_PROVIDER");
  }
}
