package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import java.util.Optional;

/** Something that looks like a control and does nothing. */
final class DeadControlRule implements Rule {

  @Override
  public String id() {
    return "dead_control";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.UI_NO_EFFECT || scene.isThin()) {
      return Optional.empty();
    }
    long from = scene.begun();
    boolean stayed =
        scene.changesAfter(from).isEmpty()
            && scene.requestsAfter(from).isEmpty()
            && scene.changesAfter(scene.atMs()).isEmpty();
    return stayed ? Optional.of(about(scene, from)) : Optional.empty();
  }

  private static Finding about(Scene scene, long from) {
    String element = Phrases.element(scene.marker());
    boolean clicked = scene.click().isPresent() || !scene.repeatedClicks().isEmpty();
    return NoEffectRule.symptom(scene)
        .cause(
            "Within "
                + Phrases.span(Scene.REACTION_MS)
                + " of the click on "
                + element
                + " at "
                + Phrases.time(from)
                + " the page sent no request, changed nothing and wrote no error: nothing listens to"
                + " the click, or the listener returns early.",
            scene.repeatedClicks().isEmpty()
                ? scene
                    .click()
                    .map(scene::at)
                    .map(java.util.List::of)
                    .orElseGet(() -> java.util.List.of(scene.here()))
                : scene.at(scene.repeatedClicks()))
        .fix(
            "Check that the handler of "
                + element
                + " is attached (a failed or late script), that"
                + " the element is not disabled or covered, and that it does not only look clickable.")
        .strength(clicked ? 0.6 : 0.45);
  }
}
