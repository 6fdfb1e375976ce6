package dev.retrospec.filter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong behind one answer.
 *
 * @param correlationId the id that the answer carried
 * @param path of the request, without its query
 * @param stack as Java prints it, causes included; at most {@value #MAX_STACK} characters
 */
record ServerFailure(
    String correlationId,
    Instant at,
    String method,
    String path,
    String type,
    @Nullable String message,
    String stack) {

  /** As much as RetroSpec keeps. */
  static final int MAX_STACK = 32_000;

  static ServerFailure of(
      String correlationId, Instant at, String method, String path, Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    String whole = stack.toString();
    return new ServerFailure(
        correlationId,
        at,
        method,
        path,
        thrown.getClass().getName(),
        thrown.getMessage(),
        whole.length() <= MAX_STACK ? whole : whole.substring(0, MAX_STACK));
  }

  /** The failure as an object of JSON; written by hand, because the jar brings no library. */
  void writeTo(StringBuilder json) {
    json.append("{\"correlationId\":");
    quote(json, correlationId);
    field(json, "at", at.toString());
    field(json, "method", method);
    field(json, "path", path);
    field(json, "type", type);
    field(json, "message", message);
    field(json, "stack", stack);
    json.append('}');
  }

  private static void field(StringBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.append(",\"").append(name).append("\":");
      quote(json, value);
    }
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
