package dev.retrospec.patterns;

import dev.retrospec.platform.json.Json;

/**
 * What an embedding job is about beside its subject.
 *
 * @param what {@code issue}: the subject is the cluster key of an issue that the memory shall know;
 *     {@code run}: a test run whose failures a model shall look at
 */
public record EmbeddingPayload(String what) {

  public static final EmbeddingPayload ISSUE = new EmbeddingPayload("issue");
  public static final EmbeddingPayload RUN = new EmbeddingPayload("run");

  public String write() {
    return Json.write(this);
  }

  /** What cannot be read is about a run: that job finds its work by itself. */
  public static EmbeddingPayload read(String json) {
    try {
      return Json.read(json, EmbeddingPayload.class);
    } catch (IllegalArgumentException e) {
      return RUN;
    }
  }
}
