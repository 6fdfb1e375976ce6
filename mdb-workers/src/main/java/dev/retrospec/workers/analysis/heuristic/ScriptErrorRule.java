package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exceptions, unhandled rejections, errors told to the console. */
final class ScriptErrorRule {

  private static final Pattern MISSING_VALUE =
      Pattern.compile(
          "(?:Cannot (?:read|set) propert(?:y|ies)|null is not an object|undefined is not an object"
              + "|can't access property)(?:.*?(?:reading|setting|property) ['\"‘“]?([\\w$]+))?");
  private static final Pattern NO_FUNCTION = Pattern.compile("([\\w$.]+) is not a function");
  private static final Pattern NOT_DEFINED =
      Pattern.compile("([\\w$]+) is not defined|Can't find variable: ([\\w$]+)");
  private static final Pattern BAD_JSON =
      Pattern.compile("JSON|Unexpected token|Unexpected end of", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOAD_FAILED =
      Pattern.compile(
          "Failed to fetch|NetworkError|Load failed|dynamically imported module|Loading chunk",
          Pattern.CASE_INSENSITIVE);

  /** The first line of a browser's stack that names a place: Chromium's form, then Firefox's. */
  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s*(?:at (?:async )?(?:(?<chrome>[^\\s(]+) \\()?(?<chromeFile>[^\\s()]+?):(?<chromeLine>\\d+):\\d+\\)?"
              + "|(?<firefox>[^@\\s]*)@(?<firefoxFile>\\S+?):(?<firefoxLine>\\d+):\\d+)\\s*$",
          Pattern.MULTILINE);

  /** What decides stands at the beginning; the patterns must not search a whole dump. */
  private static final int MAX_MESSAGE = 500;

  private ScriptErrorRule() {}

  static Finding apply(Scene scene) {
    ObservedMarker marker = scene.marker();
    String message = message(marker);
    String place = place(marker.error());
    Optional<RequestEnded> failed = scene.failedRequestBefore();
    String what = meaning(message, marker.subkind());
    StringBuilder cause = new StringBuilder();
    failed.ifPresent(
        request ->
            cause.append(
                String.format(
                    "%s %s at %s, %s before the error: the page most likely does not handle that"
                        + " answer. ",
                    Phrases.name(request),
                    FailedRequestRule.outcome(request.status()),
                    Phrases.time(request.atMs()),
                    Phrases.span(Math.max(0, scene.atMs() - request.atMs())))));
    cause
        .append(Phrases.sentence(Phrases.brief(message)))
        .append(place.isEmpty() ? "" : " It comes from " + place + ".")
        .append(what.isEmpty() ? "" : " " + what);
    return new Finding(
        symptom(scene, message), cause.toString(), fix(message, place, failed), confidence(scene));
  }

  private static String symptom(Scene scene, String message) {
    String page = " on " + scene.marker().route();
    String lead =
        scene.click().isPresent() ? "A script error follows the visitor's click" : "A script fails";
    if ("unhandled_rejection".equals(scene.marker().subkind())) {
      lead = "A background step fails and nobody handles it";
    }
    return lead + page + ": " + Phrases.brief(message);
  }

  private static String meaning(String message, @Nullable String subkind) {
    Matcher missing = MISSING_VALUE.matcher(message);
    if (missing.find()) {
      return missing.group(1) == null
          ? "A value that the code relies on is not there."
          : "The code reads `"
              + missing.group(1)
              + "` of something that is not there (null or undefined).";
    }
    Matcher function = NO_FUNCTION.matcher(message);
    if (function.find()) {
      return "`"
          + function.group(1)
          + "` exists but is no function: another type, or another"
          + " version of a library than expected.";
    }
    if (NOT_DEFINED.matcher(message).find()) {
      return "A name is used that no loaded script defines.";
    }
    if (LOAD_FAILED.matcher(message).find()) {
      return "Something could not be loaded: the network, a blocked address, or a file that a new"
          + " release has removed.";
    }
    if (BAD_JSON.matcher(message).find()) {
      return "An answer was expected to be JSON and was not, such as an error page in HTML.";
    }
    return "unhandled_rejection".equals(subkind)
        ? "A promise was rejected and no handler was attached."
        : "";
  }

  private static String fix(String message, String place, Optional<RequestEnded> failed) {
    String there = place.isEmpty() ? "the failing code" : place;
    if (failed.isPresent()) {
      RequestEnded request = failed.get();
      return String.format(
          "Handle a failed %s in %s: check the status before using the body, and tell the"
              + " visitor. Then look for the cause of the failed answer on the server at that time.",
          Phrases.name(request), there);
    }
    Matcher missing = MISSING_VALUE.matcher(message);
    if (missing.find()) {
      String property = missing.group(1) == null ? "the value" : "`" + missing.group(1) + "`";
      return "In "
          + there
          + ", find out why what holds "
          + property
          + " can be absent (data not loaded yet, an optional field, an element that is not on"
          + " this page) and handle that case.";
    }
    if (NO_FUNCTION.matcher(message).find() || NOT_DEFINED.matcher(message).find()) {
      return "Check that the script which defines it is loaded before "
          + there
          + " runs, and that its version has that name.";
    }
    if (LOAD_FAILED.matcher(message).find()) {
      return "Check that the address still exists after a release and is allowed by CSP and CORS;"
          + " offer the visitor a reload when loading fails.";
    }
    if (BAD_JSON.matcher(message).find()) {
      return "Check status and content type before parsing the answer in " + there + ".";
    }
    return "Reproduce the steps before the marker in the replay with the debugger stopping in "
        + there
        + ", and handle the failing case there.";
  }

  private static double confidence(Scene scene) {
    double confidence = 0.4;
    ErrorDetail error = scene.marker().error();
    confidence += error != null && error.stack() != null && !error.stack().isBlank() ? 0.2 : 0;
    confidence += scene.failedRequestBefore().isPresent() ? 0.15 : 0;
    confidence += scene.click().isPresent() ? 0.05 : 0;
    confidence += scene.consoleError().isPresent() ? 0.05 : 0;
    return confidence;
  }

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
    if (error == null || error.stack() == null) {
      return "";
    }
    // because the form is matched line by line, a hostile stack costs no more than its length
    Matcher frame = FRAME.matcher(head(error.stack()));
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
