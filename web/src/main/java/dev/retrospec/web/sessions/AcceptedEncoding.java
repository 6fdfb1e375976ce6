package dev.retrospec.web.sessions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which encoding a stored chunk is sent: as it is stored, if the client understands that. */
enum AcceptedEncoding {
  ZSTD,
  GZIP,
  IDENTITY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param header {@code Accept-Encoding}; without it, nothing but the plain text is expected
   */
  static AcceptedEncoding of(@Nullable String header) {
    Map<String, Double> weights = new HashMap<>();
    if (header != null) {
      Arrays.stream(header.split(","))
          .map(item -> item.split(";", 2))
          .forEach(
              item ->
                  weights.put(
                      item[0].strip().toLowerCase(Locale.ROOT),
                      item.length == 1 ? 1 : weight(item[1])));
    }
    double others = weights.getOrDefault("*", 0.0);
    double zstd = weights.getOrDefault("zstd", others);
    double gzip =
        Math.max(weights.getOrDefault("gzip", others), weights.getOrDefault("x-gzip", 0.0));
    // Ours before theirs where the client has no preference: zstd costs us nothing.
    if (zstd > 0 && zstd >= gzip) {
      return ZSTD;
    }
    return gzip > 0 ? GZIP : IDENTITY;
  }

  private static double weight(String parameter) {
    String text = parameter.strip();
    try {
      return text.startsWith("q=") ? Double.parseDouble(text.substring(2).strip()) : 1;
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
