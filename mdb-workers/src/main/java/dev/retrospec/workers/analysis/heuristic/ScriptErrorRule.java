package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exceptions, unhandled rejections, errors told to the console. */
final class ScriptErrorRule implements Rule {

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

  @Override
  public String id() {
    return "script_error";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return scene.marker().kind() == MarkerKind.JS_EXCEPTION
        ? Optional.of(about(scene))
        : Optional.empty();
  }

  private static Finding about(Scene scene) {
    ObservedMarker marker = scene.marker();
    String message = Thrown.message(marker);
    Optional<RequestEnded> failed = scene.failedRequestBefore();
    Finding.Builder finding = Finding.of(symptom(scene, message), scene.here());
    failed.ifPresent(
        request ->
            finding.cause(
                String.format(
                    "%s %s at %s, %s before the error: the page most likely does not handle that"
                        + " answer.",
                    Phrases.name(request),
                    Phrases.outcome(request),
                    Phrases.time(request.atMs()),
                    Phrases.span(Math.max(0, scene.atMs() - request.atMs()))),
                scene.at(request)));
    return finding
        .cause(thrown(scene), scene.here())
        .fix(fix(message, Thrown.place(marker.error()), failed))
        .strength(strength(scene));
  }

  /** The error, its place and what it means, in one sentence after the other. */
  static String thrown(Scene scene) {
    String message = Thrown.message(scene.marker());
    String place = Thrown.place(scene.marker().error());
    String what = meaning(message, scene.marker().subkind());
    return Phrases.sentence(Phrases.brief(message))
        + (place.isEmpty() ? "" : " It comes from " + place + ".")
        + (what.isEmpty() ? "" : " " + what);
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

  static String fix(String message, String place, Optional<RequestEnded> failed) {
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

  private static double strength(Scene scene) {
    double strength = 0.4;
    ErrorDetail error = scene.marker().error();
    strength += error != null && error.stack() != null && !error.stack().isBlank() ? 0.2 : 0;
    strength += scene.failedRequestBefore().isPresent() ? 0.15 : 0;
    strength += scene.click().isPresent() ? 0.05 : 0;
    strength += scene.consoleError().isPresent() ? 0.05 : 0;
    return strength;
  }
}
