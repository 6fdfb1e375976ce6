package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which sites may speak to the API from a browser.
 *
 * @param allowedOrigins {@code *} among them allows all
 */
record CorsConfig(List<String> allowedOrigins) {

  static CorsConfig from(Settings settings) {
    return new CorsConfig(settings.list("CORS_ALLOWED_ORIGINS", "*"));
  }

  boolean allowsAll() {
    return allowedOrigins.contains("*");
  }

  /** What to answer a browser that says it comes from {@code origin}; empty means no. */
  Optional<String> answerTo(@Nullable String origin) {
    if (origin == null) {
      return Optional.empty();
    }
    if (allowsAll()) {
      return Optional.of("*");
    }
    // Never a pattern and never an echo of what is not on the list.
    return allowedOrigins.stream()
        .map(CorsConfig::withoutSlash)
        .filter(origin::equalsIgnoreCase)
        .findFirst()
        .map(allowed -> origin);
  }

  private static String withoutSlash(String origin) {
    return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
  }
}
