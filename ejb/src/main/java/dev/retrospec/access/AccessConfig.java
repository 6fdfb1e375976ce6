package dev.retrospec.access;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first login of the dashboard.
 *
 * @param user {@code RETROSPEC_USER}
 * @param password {@code RETROSPEC_PASSWORD}; read only while {@code user} is not stored yet
 */
public record AccessConfig(Optional<String> user, Optional<String> password) {

  /** bcrypt ignores what comes after it; refused, so that a long password is not silently cut. */
  static final int MAX_PASSWORD_BYTES = 72;

  public AccessConfig {
    password.ifPresent(AccessConfig::check);
  }

  public static AccessConfig of(Settings settings) {
    return new AccessConfig(settings.text("RETROSPEC_USER"), settings.text("RETROSPEC_PASSWORD"));
  }

  private static void check(String password) {
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
      throw new InvalidSetting(
          "RETROSPEC_PASSWORD", "must not be longer than " + MAX_PASSWORD_BYTES + " bytes");
    }
  }

  /** The password must not reach a log. */
  @Override
  public String toString() {
    return "AccessConfig[user=" + user + "]";
  }
}
