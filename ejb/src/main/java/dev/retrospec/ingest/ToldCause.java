package dev.retrospec.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What led to an error, as one text: a client tells it printed, or as an error within the error.
 * Printed it reads as Java prints it, {@code Caused by: TypeError: …} with its stack, link by link.
 */
final class ToldCause {

  /** Deeper links tell the same story again. */
  private static final int MAX_LINKS = 5;

  private ToldCause() {}

  static @Nullable String of(@Nullable JsonNode told) {
    if (told == null || told.isNull() || told.isValueNode()) {
      return told == null || told.isNull() ? null : told.asText();
    }
    StringBuilder printed = new StringBuilder();
    JsonNode link = told;
    for (int links = 0; link != null && link.isObject() && links < MAX_LINKS; links++) {
      print(link, printed);
      link = next(link);
    }
    if (link != null && link.isValueNode() && !link.isNull()) {
      printed.append(link.asText());
    }
    return printed.toString();
  }

  private static void print(JsonNode link, StringBuilder printed) {
    String type = link.path("type").asText(link.path("name").asText("Error"));
    String stack = link.path("stack").asText("");
    printed.append("Caused by: ");
    if (!stack.startsWith(type)) {
      printed.append(type).append(": ").append(link.path("message").asText("")).append('\n');
    }
    printed.append(stack).append('\n');
  }

  /** Of errors that came together the first. */
  private static @Nullable JsonNode next(JsonNode link) {
    JsonNode cause = link.get("cause");
    return cause != null && !cause.isNull() ? cause : link.path("errors").get(0);
  }
}
