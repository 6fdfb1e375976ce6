package dev.retrospec.workers.runtime;

import dev.retrospec.platform.config.Settings;

/**
 * When background work holds back.
 *
 * @param aboveLoad share of the machine's processors that is in use, 0 to 1; 1: never
 */
public record YieldConfig(double aboveLoad) {

  static YieldConfig from(Settings settings) {
    return new YieldConfig(settings.decimal("WORKERS_YIELD_ABOVE_CPU", 0.85, 0, 1));
  }
}
