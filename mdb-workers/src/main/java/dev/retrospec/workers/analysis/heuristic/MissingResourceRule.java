package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script, a style sheet, a picture or a chunk of the page that did not load. */
final class MissingResourceRule implements Rule {

  private static final Pattern CHUNK =
      Pattern.compile(
          "(?:dynamically imported module|Importing a module script failed|Loading (?:CSS )?chunk)"
              + "[^\\n]{0,300}",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)\"']{1,300}");

  @Override
  public String id() {
    return "missing_resource";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.is("failed_resource")) {
      return Optional.of(resource(scene));
    }
    if (scene.marker().kind() != MarkerKind.JS_EXCEPTION) {
      return Optional.empty();
    }
    Matcher chunk = CHUNK.matcher(Thrown.message(scene.marker()));
    return chunk.find() ? Optional.of(chunk(scene)) : Optional.empty();
  }

  private static Finding resource(Scene scene) {
    ObservedMarker marker = scene.marker();
    RequestDetail request = marker.request();
    String address = request == null || request.url() == null ? "" : Phrases.path(request.url());
    Integer status = request == null ? null : request.status();
    String what = address.isEmpty() ? Phrases.brief(marker.label()) : address;
    String outcome =
        status == null || status == 0 ? "could not be loaded" : "was answered " + status;
    Finding.Builder finding =
        Finding.of(
                "A part of " + marker.route() + " is missing: " + Phrases.brief(marker.label()),
                scene.here())
            .cause(
                what
                    + " "
                    + outcome
                    + (marker.element() == null
                        ? ""
                        : ", which " + Phrases.element(marker) + " names")
                    + ".",
                scene.here());
    scene.markers().stream()
        .filter(other -> other.kind() == MarkerKind.JS_EXCEPTION)
        .filter(other -> other.replayOffsetMs() >= scene.atMs())
        .findFirst()
        .ifPresent(
            other ->
                finding.cause(
                    "A script failed after it: " + Phrases.sentence(Phrases.brief(other.label())),
                    scene.at(other)));
    return finding
        .fix(
            "Check that "
                + what
                + " is part of the release and that the page names it as it is called there; keep"
                + " the files of the last releases for pages that are open.")
        .strength(status == null || status == 0 ? 0.65 : 0.8);
  }

  private static Finding chunk(Scene scene) {
    String message = Thrown.message(scene.marker());
    Matcher address = ADDRESS.matcher(message);
    String what = address.find() ? Phrases.path(address.group()) : "a chunk of the script";
    Finding.Builder finding =
        Finding.of(
                "A part of the page cannot be loaded on "
                    + scene.marker().route()
                    + ": "
                    + Phrases.brief(message),
                scene.here())
            .cause(
                what
                    + " is asked for and is not there: a new release has most likely removed it"
                    + " while this page was open, or it is blocked. "
                    + Phrases.sentence(Phrases.brief(message)),
                scene.here());
    scene
        .click()
        .ifPresent(
            click ->
                finding.cause(
                    "It was asked for by the visitor's click"
                        + scene
                            .pressed()
                            .filter(press -> !press.label().isBlank())
                            .map(press -> " on “" + Phrases.brief(press.label()) + "”")
                            .orElse("")
                        + ", which led to nothing.",
                    scene.at(click)));
    return finding
        .fix(
            "Keep the chunks of earlier releases for a while, and offer a reload when an import"
                + " fails.")
        .strength(0.75);
  }
}
