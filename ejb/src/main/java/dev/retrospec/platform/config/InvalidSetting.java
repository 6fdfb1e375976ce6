package dev.retrospec.platform.config;

import org.jspecify.annotations.Nullable;

/** A setting has a value that cannot be used; the message names the setting, never its value. */
public final class InvalidSetting extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  InvalidSetting(String name, String problem, @Nullable Throwable cause) {
    super("Setting " + name + " " + problem, cause);
  }
}
