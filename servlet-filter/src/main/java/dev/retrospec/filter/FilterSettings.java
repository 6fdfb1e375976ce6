package dev.retrospec.filter;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where failures are told.
 *
 * @param url of RetroSpec, such as {@code https://retrospec.example.com}
 * @param apiKey an ingest key of the project: it may write, never read
 */
record FilterSettings(URI url, String apiKey) {

  /**
   * Looks for {@code retrospec.url} and {@code retrospec.key}: context parameters first, then
   * system properties, then {@code RETROSPEC_URL} and {@code RETROSPEC_KEY} of the environment.
   *
   * @return null when one of the two is nowhere: answers carry ids, and nothing is told
   * @throws IllegalArgumentException when the address is not one of http or https
   */
  static @Nullable FilterSettings find(
      UnaryOperator<@Nullable String> contextParameter, Map<String, String> environment) {
    String url = find("retrospec.url", contextParameter, environment);
    String key = find("retrospec.key", contextParameter, environment);
    if (url == null || key == null) {
      return null;
    }
    URI address = URI.create(url.endsWith("/") ? url : url + "/");
    if (address.getHost() == null || !address.getScheme().startsWith("http")) {
      throw new IllegalArgumentException("retrospec.url is not an address of http: " + url);
    }
    return new FilterSettings(address, key);
  }

  private static @Nullable String find(
      String name, UnaryOperator<@Nullable String> contextParameter, Map<String, String> env) {
    String value = contextParameter.apply(name);
    if (value == null) {
      value = System.getProperty(name);
    }
    if (value == null) {
      value = env.get(name.replace('.', '_').toUpperCase(Locale.ROOT));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  URI endpoint() {
    return url.resolve("v1/server-errors");
  }
}
