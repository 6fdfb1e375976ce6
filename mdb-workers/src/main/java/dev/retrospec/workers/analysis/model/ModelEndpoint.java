package dev.retrospec.workers.analysis.model;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.openai.OpenAiServer;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one path's model is asked.
 *
 * @param server scheme, host and port of a contract endpoint; the base URL of OpenAI's protocol
 * @param path of a contract endpoint
 * @param model the model's name: with one, OpenAI's chat completions are spoken, else the contract
 */
public record ModelEndpoint(OpenAiServer server, String path, @Nullable String model) {

  private static final String CHAT = "/v1/chat/completions";

  /**
   * @throws InvalidSetting when the address is not an http or https one
   */
  static Optional<ModelEndpoint> from(
      Settings settings, String urlName, String modelName, String apiKey) {
    Optional<URI> address = settings.uri(urlName);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    URI url = address.get();
    if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
      throw new InvalidSetting(urlName, "must be an http or https address");
    }
    String model = settings.text(modelName).orElse(null);
    if (model != null) {
      return Optional.of(new ModelEndpoint(new OpenAiServer(url.toString(), apiKey), CHAT, model));
    }
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String base = url.getScheme() + "://" + url.getRawAuthority();
    return Optional.of(new ModelEndpoint(new OpenAiServer(base, apiKey), path + query, null));
  }

  boolean speaksOpenAi() {
    return model != null;
  }

  @Override
  public String toString() {
    return server + path; // the key stays out of logs
  }
}
