package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;
import java.util.Optional;

/** The visitor acted and got nowhere, and it is not clear why. */
final class NoEffectRule implements Rule {

  /** From here on people click again. */
  private static final long SLOW_MS = 1_000;

  @Override
  public String id() {
    return "no_effect";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return scene.marker().kind() == MarkerKind.UI_NO_EFFECT
        ? Optional.of(about(scene))
        : Optional.empty();
  }

  private static Finding about(Scene scene) {
    String element = Phrases.element(scene.marker());
    if (scene.isThin()) {
      return symptom(scene)
          .cause(
              "The recording holds no events around it, so the cause cannot be told.", scene.here())
          .fix("Check that " + element + " has a handler and is not covered by another element.")
          .strength(0.2);
    }
    long from = scene.begun();
    List<RequestEnded> requests = scene.requestsAfter(from);
    Optional<RequestEnded> slow =
        requests.stream().filter(request -> request.durationMs() >= SLOW_MS).findFirst();
    if (slow.isPresent()) {
      String name = Phrases.name(slow.get());
      return symptom(scene)
          .cause(
              name
                  + " took "
                  + Phrases.span(slow.get().durationMs())
                  + ", and nothing told the visitor to wait.",
              scene.at(slow.get()))
          .fix(
              "Show at once that the click was taken (busy state, disabled button), and make "
                  + name
                  + " faster.")
          .strength(0.55);
    }
    List<PageChanged> changes = scene.changesAfter(from);
    return symptom(scene)
        .cause(
            "The page reacted to the click at "
                + Phrases.time(from)
                + " ("
                + Phrases.plural(changes.size(), "change")
                + ", "
                + Phrases.plural(requests.size(), "request")
                + "), but not in a way that let the visitor go on.",
            changes.isEmpty() ? scene.at(requests) : scene.at(changes))
        .fix(
            "Watch the replay from there: the reaction may be out of sight, too slow or not what the"
                + " element promises.")
        .strength(0.35);
  }

  /** What every rule about clicks without effect begins with. */
  static Finding.Builder symptom(Scene scene) {
    List<Clicked> clicks = scene.repeatedClicks();
    if (clicks.isEmpty()) {
      return Finding.of(
          "Nothing happens for the visitor on "
              + scene.marker().route()
              + ": "
              + Phrases.brief(scene.marker().label()),
          scene.here());
    }
    return Finding.of(
        "The visitor clicked "
            + Phrases.element(scene.marker())
            + " "
            + Phrases.times(clicks.size())
            + " on "
            + scene.marker().route()
            + " and got nowhere",
        scene.here(),
        scene.at(clicks.get(0)));
  }
}
