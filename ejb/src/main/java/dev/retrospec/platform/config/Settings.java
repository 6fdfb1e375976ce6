package dev.retrospec.platform.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings by their environment names and turns them into typed values. A value that cannot
 * be understood stops the start with a message that names the setting; it never surfaces later.
 */
public final class Settings {

  private final Function<String, Optional<String>> source;

  private Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /**
   * @param source from a setting's name to its value; blank counts as unset
   */
  public static Settings of(Function<String, Optional<String>> source) {
    return new Settings(name -> source.apply(name).map(String::strip).filter(v -> !v.isEmpty()));
  }

  public Optional<String> text(String name) {
    return source.apply(name);
  }

  public String text(String name, String unset) {
    return text(name).orElse(unset);
  }

  /**
   * @throws InvalidSetting when it is not set, or {@code parser} does not understand it
   */
  public <T> T required(String name, Function<String, T> parser) {
    return read(name, parser).orElseThrow(() -> new InvalidSetting(name, "must be set", null));
  }

  public int integer(String name, int unset, int min, int max) {
    int value = read(name, Integer::parseInt).orElse(unset);
    return inRange(name, value, min, max);
  }

  /** A size in bytes, written as a plain number. */
  public long bytes(String name, long unset, long min, long max) {
    return inRange(name, read(name, Long::parseLong).orElse(unset), min, max);
  }

  public double decimal(String name, double unset, double min, double max) {
    double value = read(name, Double::parseDouble).orElse(unset);
    return inRange(name, value, min, max);
  }

  public boolean flag(String name, boolean unset) {
    return read(name, Settings::parseFlag).orElse(unset);
  }

  /** The unit is in the setting's name: {@code perUnit} is what 1 means. */
  public Duration duration(String name, Duration perUnit, long unset) {
    return perUnit.multipliedBy(
        inRange(name, read(name, Long::parseLong).orElse(unset), 0L, Long.MAX_VALUE));
  }

  public Optional<URI> uri(String name) {
    return read(name, URI::create);
  }

  /** A comma-separated list without blanks. */
  public List<String> list(String name, String unset) {
    return Arrays.stream(text(name, unset).split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private <T> Optional<T> read(String name, Function<String, T> parser) {
    return text(name)
        .map(
            value -> {
              try {
                return parser.apply(value);
              } catch (IllegalArgumentException e) {
                throw new InvalidSetting(name, "cannot be understood", e);
              }
            });
  }

  private static boolean parseFlag(String value) {
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static <N extends Number & Comparable<N>> N inRange(String name, N value, N min, N max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidSetting(name, "must be between " + min + " and " + max, null);
    }
    return value;
  }
}
