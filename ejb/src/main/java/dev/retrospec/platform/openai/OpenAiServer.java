package dev.retrospec.platform.openai;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.net.URI;
import java.util.Set;

/**
 * A server that speaks OpenAI's protocol.
 *
 * @param baseUrl what stands before {@code /v1/…}
 * @param apiKey empty: none is sent
 */
public record OpenAiServer(String baseUrl, String apiKey) {

  public static final String OPENAI = "https://api.openai.com";

  public OpenAiServer {
    String bare = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    baseUrl = bare.endsWith("/v1") ? bare.substring(0, bare.length() - 3) : bare;
  }

  /**
   * @param urlName the setting with the base URL, with {@code /v1} or without
   * @throws InvalidSetting when it is not an http or https address
   */
  public static OpenAiServer from(Settings settings, String urlName, String unset, String apiKey) {
    URI url = settings.uri(urlName).orElse(URI.create(unset));
    if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
      throw new InvalidSetting(urlName, "must be an http or https address");
    }
    return new OpenAiServer(url.toString(), apiKey);
  }

  @Override
  public String toString() {
    return baseUrl; // the key stays out of logs
  }
}
