package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import java.util.Optional;

/**
 * The keys that the operator sets, and whether requests without a key are served.
 *
 * @param adminKey without it the routes of administrators are closed
 * @param internalKey without it the routes of remote workers are closed
 * @param metricsKey without it figures are open in development and closed in production
 * @param defaultProjectKey a secret key of the default project that no table knows
 * @param isProduction refuses requests without a key
 */
record AccessConfig(
    Optional<String> adminKey,
    Optional<String> internalKey,
    Optional<String> metricsKey,
    Optional<String> defaultProjectKey,
    boolean isProduction) {

  static AccessConfig from(Settings settings) {
    return new AccessConfig(
        settings.text("ADMIN_API_KEY"),
        settings.text("INTERNAL_API_KEY"),
        settings.text("METRICS_API_KEY"),
        settings.text("INGEST_API_KEY"),
        settings.text("RETROSPEC_MODE", "development").equalsIgnoreCase("production"));
  }

  /** Whether a request without a key falls to the default project. */
  boolean servesAnonymous() {
    return !isProduction && defaultProjectKey.isEmpty();
  }

  /** Never the keys. */
  @Override
  public String toString() {
    return "AccessConfig[production=" + isProduction + "]";
  }
}
