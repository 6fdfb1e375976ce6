package dev.retrospec.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import dev.retrospec.web.http.Problem.FieldError;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into the one shape in which RetroSpec says no. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Long enough for a database to come back, short enough that nothing is lost meanwhile. */
  static final int RETRY_AFTER_SECONDS = 5;

  /** One thing of several is done by then, most often. */
  static final int RETRY_WHEN_ONE_IS_DONE_SECONDS = 20;

  private Problems() {}

  static Response of(Throwable thrown) {
    Throwable cause = Causes.telling(thrown);
    if (cause instanceof Failure failure) {
      return of(failure);
    }
    if (cause instanceof Refused refused) {
      return of(refused);
    }
    if (cause instanceof InvalidId invalid) {
      return Problem.of(Status.BAD_REQUEST, invalid.getMessage()).response().build();
    }
    if (cause instanceof JsonProcessingException json) {
      return of(json);
    }
    if (cause instanceof WebApplicationException http) {
      return of(http);
    }
    if (Causes.isDatabaseAway(thrown)) {
      Problem problem = Problem.of(Status.SERVICE_UNAVAILABLE, "the database cannot be reached");
      LOG.warn("{} The database cannot be reached: {}", problem.instance(), cause.toString());
      return retryLater(problem);
    }
    if (Causes.isUnstorableValue(thrown)) {
      Problem problem =
          Problem.of(Status.BAD_REQUEST, "the request holds a value that cannot be stored");
      LOG.warn("{} PostgreSQL refused a value", problem.instance(), thrown);
      return problem.response().build();
    }
    if (cause instanceof IOException) {
      // The client went away while it sent or read: nobody is there to be answered.
      LOG.debug("Connection lost", cause);
      return Problem.of(Status.BAD_REQUEST, "the request's body could not be read")
          .response()
          .build();
    }
    Problem problem = Problem.of(Status.INTERNAL_SERVER_ERROR, "something went wrong on our side");
    LOG.error("{} Request failed", problem.instance(), thrown);
    return problem.response().build();
  }

  private static Response of(Failure failure) {
    Problem problem = Problem.of(status(failure.code()), message(failure));
    if (failure.code() == FailureCode.UNAVAILABLE) {
      LOG.warn("{} {}", problem.instance(), failure.getMessage(), failure.getCause());
    }
    Response.ResponseBuilder response = problem.response();
    retryAfterSeconds(failure.code())
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response.build();
  }

  private static Response of(Refused refused) {
    Response.ResponseBuilder response = Problem.of(refused.status(), message(refused)).response();
    if (refused.status() == Status.UNAUTHORIZED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"retrospec\"");
    }
    return response.build();
  }

  /** The parser's own message is not passed on, because it quotes the input. */
  private static Response of(JsonProcessingException json) {
    if (json instanceof StreamConstraintsException) {
      return Problem.of(
              Status.BAD_REQUEST,
              "JSON is nested too deeply, or holds too long a value or too many")
          .response()
          .build();
    }
    if (json instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field = path(mapping);
      return Problem.of(
              Status.BAD_REQUEST,
              field + " has a value that does not fit",
              List.of(new FieldError(field, "has a value that does not fit")))
          .response()
          .build();
    }
    return Problem.of(Status.BAD_REQUEST, "the body is not valid JSON for this route")
        .response()
        .build();
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(
            step ->
                step.getFieldName() != null
                    ? "." + step.getFieldName()
                    : "[" + step.getIndex() + "]")
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static Response of(WebApplicationException http) {
    Response given = http.getResponse();
    if (given.getStatus() < 400) {
      return given;
    }
    if (given.getStatus() >= 500) {
      LOG.error("Request failed", http);
    }
    if (http instanceof NotFoundException && http.getCause() != null) {
      // RESTEasy's answer to a parameter that it cannot convert; a missing route has no cause.
      return Problem.of(
              Status.BAD_REQUEST, "a parameter in the address has a value that does not fit")
          .response()
          .build();
    }
    Response.ResponseBuilder response =
        Problem.of(Problem.status(given.getStatus()), detail(given.getStatus(), http)).response();
    String allow = given.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      response.header(HttpHeaders.ALLOW, allow);
    }
    return response.build();
  }

  /** RESTEasy's messages carry its codes and the address: ours say what to do. */
  private static String detail(int status, WebApplicationException http) {
    return switch (status) {
      case 404 -> "there is nothing at this address";
      case 405 -> "this address does not know this method";
      case 406 -> "this address cannot answer in a type that Accept allows";
      case 415 -> "Content-Type must be application/json";
      default -> {
        String message = http.getMessage();
        yield message == null || message.startsWith("RESTEASY") || message.startsWith("HTTP ")
            ? "the request cannot be understood"
            : message;
      }
    };
  }

  private static Response retryLater(Problem problem) {
    return problem.response().header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
  }

  private static String message(RuntimeException thrown) {
    String message = thrown.getMessage();
    return message == null ? "refused" : message;
  }

  /** When the same request may be right. */
  static OptionalInt retryAfterSeconds(FailureCode code) {
    return switch (code) {
      case UNAVAILABLE -> OptionalInt.of(RETRY_AFTER_SECONDS);
      case TOO_MANY -> OptionalInt.of(RETRY_WHEN_ONE_IS_DONE_SECONDS);
      default -> OptionalInt.empty();
    };
  }

  static Response.StatusType status(FailureCode code) {
    return switch (code) {
      case INVALID -> Status.BAD_REQUEST;
      case NOT_FOUND -> Status.NOT_FOUND;
      case FORBIDDEN -> Status.FORBIDDEN;
      case CONFLICT -> Status.CONFLICT;
      case GONE -> Status.GONE;
      case TOO_MANY -> Status.TOO_MANY_REQUESTS;
      case TOO_LARGE -> Status.REQUEST_ENTITY_TOO_LARGE;
      case UNSUPPORTED -> Status.UNSUPPORTED_MEDIA_TYPE;
      case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE;
    };
  }
}
