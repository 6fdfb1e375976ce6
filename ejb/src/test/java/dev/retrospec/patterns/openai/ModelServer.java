package dev.retrospec.patterns.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.openai.OpenAiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks OpenAI's embeddings, with a model of a few words that mean the same: a direction for each
 * meaning.
 */
public final class ModelServer {

  /** Of what it gives where nothing else is asked for. */
  public static final int DIMENSIONS = 384;

  private static final String NAME = "meanings";

  private static final Map<String, String> MEANS =
      Map.of(
          "basket",
          "cart",
          "purchase",
          "checkout",
          "sum",
          "total",
          "login",
          "signin",
          "backend",
          "server",
          "unreachable",
          "refused");

  private ModelServer() {}

  public static WireMockExtension start() {
    return WireMockExtension.newInstance()
        .options(options().dynamicPort().extensions(new Meanings()))
        .configureStaticDsl(false)
        .build();
  }

  /** From here on it answers. */
  public static void answers(WireMockExtension server) {
    server.resetAll();
    server.stubFor(post("/v1/embeddings").willReturn(aResponse().withTransformers(NAME)));
  }

  /** From here on it answers so. */
  public static void answers(WireMockExtension server, ResponseDefinitionBuilder answer) {
    server.resetAll();
    server.stubFor(post("/v1/embeddings").willReturn(answer));
  }

  /** Three texts with each request. */
  public static EmbeddingConfig config(
      WireMockExtension server, String name, @Nullable Integer dimensions) {
    return new EmbeddingConfig(
        new EmbeddingConfig.Model(
            new OpenAiServer(server.baseUrl(), "secret-key"),
            name,
            dimensions,
            3,
            2_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2)));
  }

  /** What was asked so far, each text once for each time. */
  public static List<String> texts(WireMockExtension server) {
    List<String> texts = new ArrayList<>();
    for (ServeEvent event : server.getAllServeEvents()) {
      Json.read(event.getRequest().getBodyAsString(), JsonNode.class)
          .path("input")
          .forEach(text -> texts.add(text.asText()));
    }
    return texts;
  }

  static String answer(List<float[]> vectors) {
    List<Map<String, Object>> data = new ArrayList<>();
    for (float[] vector : vectors) {
      data.add(Map.of("object", "embedding", "index", data.size(), "embedding", vector));
    }
    return Json.write(Map.of("object", "list", "data", data));
  }

  /** A direction for each meaning; all share a little. */
  public static float[] vector(String text, int dimensions) {
    float[] vector = new float[dimensions];
    vector[0] = 0.5f;
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
      if (word.length() > 2) {
        vector[Math.floorMod(MEANS.getOrDefault(word, word).hashCode() * 31, dimensions)] += 1;
      }
    }
    return vector;
  }

  private static final class Meanings implements ResponseDefinitionTransformerV2 {

    @Override
    public String getName() {
      return NAME;
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      JsonNode asked = Json.read(event.getRequest().getBodyAsString(), JsonNode.class);
      List<float[]> vectors = new ArrayList<>();
      asked
          .path("input")
          .forEach(
              text ->
                  vectors.add(vector(text.asText(), asked.path("dimensions").asInt(DIMENSIONS))));
      return aResponse().withBody(answer(vectors)).build();
    }
  }
}
