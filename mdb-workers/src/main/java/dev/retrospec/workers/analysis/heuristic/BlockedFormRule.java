package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;

/** Forms that refused to go on. */
final class BlockedFormRule {

  private BlockedFormRule() {}

  static Finding apply(Scene scene) {
    ObservedMarker marker = scene.marker();
    String evidence =
        marker.evidence() == null || marker.evidence().isBlank()
            ? ""
            : " (" + Phrases.brief(marker.evidence()) + ")";
    Optional<RequestEnded> refused =
        scene.failedRequestBefore().filter(request -> request.status() >= 400);
    String symptom =
        "A form on "
            + marker.route()
            + " does not let the visitor go on: "
            + Phrases.brief(marker.label());
    if (refused.isPresent()) {
      RequestEnded request = refused.get();
      String name = Phrases.name(request);
      return new Finding(
          symptom,
          String.format(
              "The server refused what was entered: %s was answered %d at %s%s.",
              name, request.status(), Phrases.time(request.atMs()), evidence),
          "Show the server's reason at the field it is about, and check the same rule before"
              + " sending.",
          0.65);
    }
    boolean told = !scene.changesAfter(scene.atMs()).isEmpty();
    String seen =
        scene.isThin()
            ? ""
            : told
                ? " The page changed right after it, so a message was probably shown."
                : " The page did not change after it: the visitor may not have been told why.";
    return new Finding(
        symptom,
        "The browser's own validation stopped the form" + evidence + "; nothing was sent." + seen,
        told
            ? "Check that the message says how to put it right, and that the rule is not stricter"
                + " than it needs to be."
            : "Show which field is refused and why, scroll to it and focus it; check that the field"
                + " is visible when it is required.",
        scene.isThin() ? 0.4 : 0.6);
  }
}
