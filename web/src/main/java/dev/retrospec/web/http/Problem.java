package dev.retrospec.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 has it, and its message once more as {@code error} for clients that know
 * only that.
 *
 * @param instance the id that the log carries
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors", "error"})
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<FieldError> errors,
    String error) {

  static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One thing that is wrong with the body.
   *
   * @param field a path such as {@code markers[2].kind}
   */
  record FieldError(String field, String message) {}

  static Problem of(Response.StatusType status, String detail) {
    return of(status, detail, List.of());
  }

  static Problem of(Response.StatusType status, String detail, List<FieldError> errors) {
    return new Problem(
        "about:blank",
        status.getReasonPhrase(),
        status.getStatusCode(),
        detail,
        "urn:uuid:" + UUID.randomUUID(),
        errors,
        detail);
  }

  static Response.StatusType status(int code) {
    Response.StatusType known = Response.Status.fromStatusCode(code);
    return known != null ? known : new OtherStatus(code);
  }

  Response.ResponseBuilder response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this);
  }

  private record OtherStatus(int code) implements Response.StatusType {

    @Override
    public int getStatusCode() {
      return code;
    }

    @Override
    public Response.Status.Family getFamily() {
      return Response.Status.Family.familyOf(code);
    }

    @Override
    public @Nullable String getReasonPhrase() {
      return code == 422 ? "Unprocessable Content" : "Refused";
    }
  }
}
