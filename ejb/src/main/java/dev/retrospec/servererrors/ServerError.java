package dev.retrospec.servererrors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown behind one answer of the customer's server.
 *
 * @param correlationId the answer's own id
 * @param at by the server's clock
 * @param path of the request, without its query
 * @param type the exception's class
 * @param stack as the server printed it, scrubbed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerError(
    String correlationId,
    Instant at,
    @Nullable String method,
    @Nullable String path,
    String type,
    @Nullable String message,
    String stack) {

  /** Characters, in a marker's request and in an error that is told. */
  public static final int MAX_CORRELATION_ID = 128;
}
