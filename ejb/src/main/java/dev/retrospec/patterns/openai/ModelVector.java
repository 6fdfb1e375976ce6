package dev.retrospec.patterns.openai;

/**
 * What a model makes of a text. Vectors of different models must not be compared.
 *
 * @param model its name
 * @param values of length 1, so that the inner product of two is their cosine
 */
public record ModelVector(String model, float[] values) {

  public int dimensions() {
    return values.length;
  }
}
