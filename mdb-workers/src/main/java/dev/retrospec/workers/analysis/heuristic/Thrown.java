package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was thrown and where, in words. */
final class Thrown {

  /** The first line of a browser's stack that names a place: Chromium's form, then Firefox's. */
  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s*(?:at (?:async )?(?:(?<chrome>[^\\s(]+) \\()?(?<chromeFile>[^\\s()]+?):(?<chromeLine>\\d+):\\d+\\)?"
              + "|(?<firefox>[^@\\s]*)@(?<firefoxFile>\\S+?):(?<firefoxLine>\\d+):\\d+)\\s*$",
          Pattern.MULTILINE);

  /** What decides stands at the beginning; the patterns must not search a whole dump. */
  private static final int MAX_MESSAGE = 500;

  private Thrown() {}

  /** Type and message, or else the label; bounded. */
  static String message(ObservedMarker marker) {
    String message = wholeMessage(marker);
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  private static String wholeMessage(ObservedMarker marker) {
    ErrorDetail error = marker.error();
    if (error == null || error.message() == null || error.message().isBlank()) {
      return marker.label();
    }
    boolean named = error.type() != null && !error.message().startsWith(error.type());
    return named ? error.type() + ": " + error.message() : error.message();
  }

  /** {@code pay (checkout.js:12)}, or blank. */
  static String place(@Nullable ErrorDetail error) {
    if (error == null) {
      return "";
    }
    String stack = error.originalStack() == null ? error.stack() : error.originalStack();
    if (stack == null) {
      return "";
    }
    // because the form is matched line by line, a hostile stack costs no more than its length
    Matcher frame = FRAME.matcher(head(stack));
    if (!frame.find()) {
      return "";
    }
    boolean chrome = frame.group("chromeFile") != null;
    String function = chrome ? frame.group("chrome") : frame.group("firefox");
    String file = Phrases.path(chrome ? frame.group("chromeFile") : frame.group("firefoxFile"));
    String line = chrome ? frame.group("chromeLine") : frame.group("firefoxLine");
    String name = file.substring(file.lastIndexOf('/') + 1) + ":" + line;
    return function == null || function.isBlank()
        ? name
        : Phrases.brief(function) + " (" + name + ")";
  }

  private static String head(String stack) {
    int limit = 4_000; // the failing place stands first
    return stack.length() <= limit ? stack : stack.substring(0, limit);
  }
}
