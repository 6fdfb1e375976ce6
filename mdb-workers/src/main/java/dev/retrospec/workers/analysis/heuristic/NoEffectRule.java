package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;
import java.util.Optional;

/** The visitor acted and nothing came of it. */
final class NoEffectRule {

  private NoEffectRule() {}

  static Finding apply(Scene scene) {
    ObservedMarker marker = scene.marker();
    if ("reload_loop".equals(marker.subkind())) {
      return reloads(scene);
    }
    List<Clicked> clicks = scene.repeatedClicks();
    String element = element(marker);
    String symptom =
        clicks.isEmpty()
            ? "Nothing happens for the visitor on "
                + marker.route()
                + ": "
                + Phrases.brief(marker.label())
            : "The visitor clicked "
                + element
                + " "
                + Phrases.times(clicks.size())
                + " on "
                + marker.route()
                + " and got nowhere";
    long from = clicks.isEmpty() ? scene.atMs() : clicks.get(0).atMs();
    Optional<ConsoleEntry> error = scene.consoleError();
    if (error.isPresent()) {
      return new Finding(
          symptom,
          "An error was written to the console at "
              + Phrases.time(error.get().atMs())
              + " while the visitor clicked: "
              + Phrases.sentence(Phrases.brief(error.get().text()))
              + " The handler of the click most likely ends there.",
          "Correct the error in the handler of " + element + ".",
          0.6);
    }
    Optional<RequestEnded> failed = scene.failedRequestBefore();
    if (failed.isPresent()) {
      String name = Phrases.name(failed.get());
      return new Finding(
          symptom,
          name
              + " "
              + FailedRequestRule.outcome(failed.get().status())
              + " at "
              + Phrases.time(failed.get().atMs())
              + ", and the page did not say so.",
          "Show that " + name + " failed where the visitor clicked, and correct its cause.",
          0.6);
    }
    if (scene.isThin()) {
      return new Finding(
          symptom,
          "The recording holds no events around it, so the cause cannot be told.",
          "Check that " + element + " has a handler and is not covered by another element.",
          0.2);
    }
    List<RequestEnded> requests = scene.requestsAfter(from);
    Optional<RequestEnded> slow =
        requests.stream().filter(request -> request.durationMs() >= 1_000).findFirst();
    if (slow.isPresent()) {
      String name = Phrases.name(slow.get());
      return new Finding(
          symptom,
          name
              + " took "
              + Phrases.span(slow.get().durationMs())
              + ", and nothing told the visitor to wait.",
          "Show at once that the click was taken (busy state, disabled button), and make "
              + name
              + " faster.",
          0.55);
    }
    int changes = scene.changesAfter(from).size();
    if (changes == 0 && requests.isEmpty()) {
      return new Finding(
          symptom,
          "Within "
              + Phrases.span(Scene.REACTION_MS)
              + " of the click at "
              + Phrases.time(from)
              + " the page sent no request, changed nothing and wrote no error: nothing listens to"
              + " the click, or the listener returns early.",
          "Check that the handler of "
              + element
              + " is attached (a failed or late script), that"
              + " the element is not disabled or covered, and that it does not only look clickable.",
          clicks.isEmpty() ? 0.45 : 0.6);
    }
    return new Finding(
        symptom,
        "The page reacted to the click at "
            + Phrases.time(from)
            + " ("
            + Phrases.plural(changes, "change")
            + ", "
            + Phrases.plural(requests.size(), "request")
            + "), but not in a way that let the visitor go on.",
        "Watch the replay from there: the reaction may be out of sight, too slow or not what the"
            + " element promises.",
        0.35);
  }

  private static Finding reloads(Scene scene) {
    int loads = scene.pages().size();
    String seen =
        loads >= 2
            ? "The page was loaded "
                + Phrases.times(loads)
                + " within what was recorded around "
                + Phrases.time(scene.atMs())
                + "."
            : "The recorder counted the loads; the recording around it shows "
                + Phrases.plural(loads, "load")
                + ".";
    return new Finding(
        "The visitor reloads " + scene.marker().route() + " again and again",
        seen
            + " Either the visitor waits for something that does not come, or the page reloads"
            + " itself.",
        "Look at what is missing on the page at "
            + Phrases.time(scene.atMs())
            + "; check redirects and scripts that reload.",
        loads >= 3 ? 0.5 : 0.35);
  }

  private static String element(ObservedMarker marker) {
    ElementDetail element = marker.element();
    if (element == null) {
      return "the same place";
    }
    if (element.text() != null && !element.text().isBlank()) {
      return "“" + Phrases.brief(element.text()) + "”";
    }
    return element.selector() == null || element.selector().isBlank()
        ? "the same place"
        : "`" + Phrases.brief(element.selector()) + "`";
  }
}
