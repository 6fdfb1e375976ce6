package dev.retrospec.projects;

import dev.retrospec.platform.config.Settings;
import java.util.List;

/**
 * What the operator decides for all projects.
 *
 * @param enabled false stops every recorder of this installation
 * @param privateSelectors masked in every project, beside its own
 */
record RecordingConfig(boolean enabled, List<String> privateSelectors) {

  static final RecordingConfig DEFAULT = new RecordingConfig(true, List.of());

  static RecordingConfig from(Settings settings) {
    return new RecordingConfig(
        settings.flag("REPLAY_ENABLED", true), settings.list("REPLAY_PRIVATE_SELECTORS", ""));
  }
}
