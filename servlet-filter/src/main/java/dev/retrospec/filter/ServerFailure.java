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
 * @param message at most {@value #MAX_MESSAGE} characters
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

  /** As much as RetroSpec keeps of it. */
  static final int MAX_MESSAGE = 2_000;

  static ServerFailure of(
      String correlationId, Instant at, String method, String path, Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return new ServerFailure(
        correlationId,
        at,
        method,
        path,
        thrown.getClass().getName(),
        thrown.getMessage() == null ? null : cut(thrown.getMessage(), MAX_MESSAGE),
        cut(stack.toString(), MAX_STACK));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
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
