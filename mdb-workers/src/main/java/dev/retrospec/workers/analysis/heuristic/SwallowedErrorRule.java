package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;

/** Something failed and was caught or logged; the page says nothing of it. */
final class SwallowedErrorRule implements Rule {

  @Override
  public String id() {
    return "swallowed_error";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() == MarkerKind.UI_NO_EFFECT) {
      return behindADeadClick(scene);
    }
    return scene.is("console_error") ? Optional.of(logged(scene)) : Optional.empty();
  }

  private static Finding logged(Scene scene) {
    ObservedMarker marker = scene.marker();
    String message = Thrown.message(marker);
    String place = Thrown.place(marker.error());
    Optional<ConsoleEntry> entry = scene.consoleError();
    Ref seen = entry.map(scene::at).orElseGet(scene::here);
    // What the page shows at once stands before the marker, which comes after what led to it.
    long failedAtMs = entry.map(ConsoleEntry::atMs).orElse(scene.atMs());
    Finding.Builder finding =
        Finding.of(
                "An error is logged on "
                    + marker.route()
                    + " and the visitor does not learn of it: "
                    + Phrases.brief(marker.label()),
                scene.here())
            .cause(
                "The page caught an error and only logged it: "
                    + Phrases.sentence(Phrases.brief(marker.label()))
                    + (message.equals(marker.label())
                        ? ""
                        : " " + Phrases.sentence(Phrases.brief(message)))
                    + (place.isEmpty() ? "" : " It comes from " + place + "."),
                seen,
                scene.here());
    boolean silent = false;
    if (!scene.isThin()) {
      Optional<PageChanged> shown = scene.textShownAfter(failedAtMs);
      silent = shown.isEmpty();
      if (silent) {
        finding.cause(
            "The page showed no message in the "
                + Phrases.span(Scene.REACTION_MS)
                + " after it: the failure is swallowed.",
            seen);
      } else {
        finding.cause(
            "The page went on and showed " + Phrases.quoted(shown.get().shown()),
            scene.at(shown.get()));
      }
    }
    return finding
        .fix(
            "Handle the failure where it is logged"
                + (place.isEmpty() ? "" : " (" + place + ")")
                + ": tell the visitor, undo what was begun, and do not go on as if it had worked.")
        .strength(0.5 + (place.isEmpty() ? 0 : 0.15) + (silent ? 0.1 : 0));
  }

  private static Optional<Finding> behindADeadClick(Scene scene) {
    String element = Phrases.element(scene.marker());
    Optional<ConsoleEntry> error = scene.consoleError();
    if (error.isPresent()) {
      ConsoleEntry entry = error.get();
      return Optional.of(
          NoEffectRule.symptom(scene)
              .cause(
                  "An error was written to the console at "
                      + Phrases.time(entry.atMs())
                      + " while the visitor clicked: "
                      + Phrases.sentence(Phrases.brief(entry.text()))
                      + " The handler of the click most likely ends there.",
                  scene.at(entry))
              .fix("Correct the error in the handler of " + element + ".")
              .strength(0.6));
    }
    Optional<RequestEnded> failed = scene.failedRequestBefore();
    return failed.map(
        request -> {
          String name = Phrases.name(request);
          return NoEffectRule.symptom(scene)
              .cause(
                  name
                      + " "
                      + Phrases.outcome(request)
                      + " at "
                      + Phrases.time(request.atMs())
                      + ", and the page did not say so.",
                  scene.at(request))
              .fix(
                  "Show that " + name + " failed where the visitor clicked, and correct its cause.")
              .strength(0.6);
        });
  }
}
