package dev.retrospec.platform.config;

import org.jspecify.annotations.Nullable;

/** A setting has a value that cannot be used; the message names the setting, never its value. */
public final class InvalidSetting extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * @param problem what the value may be, such as "must be between 1 and 5"
   */
  public InvalidSetting(String name, String problem) {
    this(name, problem, null);
  }

  InvalidSetting(String name, String problem, @Nullable Throwable cause) {
    super("Setting " + name + " " + problem, cause);
  }
}
