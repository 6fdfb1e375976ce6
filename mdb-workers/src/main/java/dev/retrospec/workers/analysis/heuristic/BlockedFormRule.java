package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form that refused to go on. */
final class BlockedFormRule implements Rule {

  /** As the recorder labels it: the field, and the browser's word for what is wrong with it. */
  private static final Pattern LABEL = Pattern.compile("Form blocked: (.{1,200}?)(?: (\\w+))?");

  @Override
  public String id() {
    return "blocked_form";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return scene.marker().kind() == MarkerKind.VALIDATION_FAILED
        ? Optional.of(about(scene))
        : Optional.empty();
  }

  private static Finding about(Scene scene) {
    ObservedMarker marker = scene.marker();
    Finding.Builder finding =
        Finding.of(
            "A form on "
                + marker.route()
                + " does not let the visitor go on: "
                + Phrases.brief(marker.label()),
            scene.here());
    if (server(scene, finding)) {
      return finding
          .fix(
              "Show the server's reason at the field it is about, and check the same rule before"
                  + " sending.")
          .strength(0.65);
    }
    finding.cause(
        "The browser's own validation stopped the form at "
            + field(marker)
            + reason(marker)
            + evidence(marker)
            + "; nothing was sent.",
        scene.here());
    if (scene.isThin()) {
      return finding.fix(check(true)).strength(0.4);
    }
    List<PageChanged> changes = scene.changesAfter(scene.atMs());
    boolean told = !changes.isEmpty();
    if (told) {
      finding.cause(
          "The page changed right after it, so a message was probably shown.", scene.at(changes));
    } else {
      finding.cause(
          "The page did not change after it: the visitor may not have been told why.",
          scene.here());
    }
    return finding.fix(check(told)).strength(0.6);
  }

  /** Says so when it was the server that refused what was entered. */
  static boolean server(Scene scene, Finding.Builder finding) {
    Optional<RequestEnded> refused =
        scene.failedRequestBefore().filter(request -> request.status() >= 400);
    refused.ifPresent(
        request ->
            finding.cause(
                String.format(
                    "The server refused what was entered: %s was answered %d at %s%s.",
                    Phrases.name(request),
                    request.status(),
                    Phrases.time(request.atMs()),
                    evidence(scene.marker())),
                scene.at(request)));
    return refused.isPresent();
  }

  private static String check(boolean told) {
    return told
        ? "Check that the message says how to put it right, and that the rule is not stricter than"
            + " it needs to be."
        : "Show which field is refused and why, scroll to it and focus it; check that the field is"
            + " visible when it is required.";
  }

  private static String evidence(ObservedMarker marker) {
    return marker.evidence() == null || marker.evidence().isBlank()
        ? ""
        : " (" + Phrases.brief(marker.evidence()) + ")";
  }

  /** The field that the label names, in quotes for code. */
  static String field(ObservedMarker marker) {
    Matcher label = LABEL.matcher(marker.label());
    if (label.matches()) {
      return "the field `" + Phrases.brief(label.group(1)) + "`";
    }
    return marker.element() == null
        ? "“" + Phrases.brief(marker.label()) + "”"
        : Phrases.element(marker);
  }

  /** What the browser finds wrong with it, in words. */
  static String reason(ObservedMarker marker) {
    Matcher label = LABEL.matcher(marker.label());
    String word = label.matches() && label.group(2) != null ? label.group(2) : "";
    return switch (word) {
      case "valueMissing" -> ", which is empty";
      case "patternMismatch" -> ", whose value does not match its pattern";
      case "typeMismatch" -> ", whose value is not of its type";
      case "tooShort", "tooLong" -> ", whose value has the wrong length";
      case "rangeUnderflow", "rangeOverflow", "stepMismatch" -> ", whose value is out of range";
      case "customError" -> ", which a rule of the page's own refuses";
      case "badInput" -> ", whose value cannot be read";
      default -> "";
    };
  }
}
