package dev.retrospec.patterns.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.patterns.openai.EmbeddingConfig.Model;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.platform.openai.OpenAiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Speaks OpenAI's embeddings, which Ollama, vLLM and most others speak too. */
final class EmbeddingModel {

  /** A number takes about 13 characters, some servers pad it to twice that. */
  private static final int MAX_VECTOR_BYTES = 256 * 1024;

  private final OpenAiClient client = new OpenAiClient();
  private final Model model;

  EmbeddingModel(Model model) {
    this.model = model;
  }

  /**
   * Asks once.
   *
   * @param texts none of them empty, at most a batch
   * @return a vector for each, in the same order, all of one dimension
   * @throws ModelUnavailable when there are none, or others than were asked for
   */
  List<ModelVector> of(List<RedactedText> texts, Duration timeout) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", model.name());
    body.put("input", texts.stream().map(RedactedText::toString).toList());
    if (model.dimensions() != null) {
      body.put("dimensions", model.dimensions());
    }
    JsonNode data =
        client
            .post(
                model.server(),
                "/v1/embeddings",
                body,
                timeout,
                MAX_VECTOR_BYTES * (texts.size() + 1))
            .path("data");
    if (data.size() != texts.size()) {
      throw new ModelUnavailable("The model gave " + data.size() + " vectors for " + texts.size());
    }
    float[][] vectors = new float[texts.size()][];
    for (int i = 0; i < data.size(); i++) {
      int place = data.get(i).path("index").asInt(i);
      if (place < 0 || place >= vectors.length || vectors[place] != null) {
        throw new ModelUnavailable("The model's vectors cannot be told apart");
      }
      vectors[place] = vector(data.get(i).path("embedding"));
    }
    int dimensions = model.dimensions() == null ? vectors[0].length : model.dimensions();
    List<ModelVector> made = new ArrayList<>();
    for (float[] vector : vectors) {
      if (vector.length != dimensions) {
        throw new ModelUnavailable(
            "The model's vector has " + vector.length + " dimensions, not " + dimensions);
      }
      made.add(new ModelVector(model.name(), vector));
    }
    return made;
  }

  /** Of length 1. */
  private static float[] vector(JsonNode numbers) {
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).isNumber() ? numbers.get(i).asDouble() : Double.NaN;
    }
    double length = Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    if (!(length > 0 && Double.isFinite(length))) {
      throw new ModelUnavailable("The model's vector has no direction");
    }
    float[] vector = new float[values.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (values[i] / length);
    }
    return vector;
  }
}
