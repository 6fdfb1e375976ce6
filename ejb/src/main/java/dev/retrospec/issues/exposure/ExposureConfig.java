package dev.retrospec.issues.exposure;

import dev.retrospec.platform.config.Settings;

/**
 * When a fix counts as proven.
 *
 * @param sessions that must have walked the path without the failure, 1 or more
 */
public record ExposureConfig(int sessions) {

  public static ExposureConfig from(Settings settings) {
    return new ExposureConfig(settings.integer("ISSUE_PROOF_SESSIONS", 20, 1, 10_000));
  }
}
