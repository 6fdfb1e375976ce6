package dev.retrospec.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A marker as a client tells it, unchecked.
 *
 * @param clusterKey the client's idea of a group: a hint
 * @param fingerprint text, or a list of texts, by which the client groups it
 * @param replayOffsetMs milliseconds since the session's start
 */
public record MarkerFields(
    @Nullable String id,
    @Nullable String kind,
    @Nullable String subkind,
    @Nullable String clusterKey,
    @Nullable String label,
    @Nullable String evidence,
    @Nullable Long replayOffsetMs,
    @Nullable JsonNode fingerprint,
    @Nullable ErrorFields error,
    @Nullable RequestFields request,
    @Nullable ElementFields element) {

  /**
   * @param cause text, or an error again
   * @param debugIds an object: builds of the scripts in the stack, by address
   */
  public record ErrorFields(
      @Nullable String type,
      @Nullable String message,
      @Nullable String stack,
      @Nullable JsonNode cause,
      @Nullable JsonNode debugIds) {}

  /**
   * The request that failed.
   *
   * @param correlationId the id that the answer of the customer's server carried
   */
  public record RequestFields(
      @Nullable String method,
      @Nullable String url,
      @Nullable Integer status,
      @Nullable Long durationMs,
      @Nullable String correlationId) {}

  /** What the visitor acted on. */
  public record ElementFields(@Nullable String selector, @Nullable String text) {}
}
