package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.Clicked;
import java.util.List;
import java.util.Optional;

/** A click's handler throws before the click had any effect. */
final class ExceptionBeforeEffectRule implements Rule {

  /** A handler throws at once, or when the first answer it waits for is there. */
  private static final long AFTER_CLICK_MS = 1_500;

  @Override
  public String id() {
    return "exception_before_effect";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.JS_EXCEPTION
        || scene.is("console_error")
        || scene.isThin()
        || scene.failedRequestBefore().isPresent()) {
      return Optional.empty();
    }
    return scene
        .click()
        .filter(click -> scene.atMs() - click.atMs() <= AFTER_CLICK_MS)
        .filter(click -> scene.changesBetween(click.atMs(), scene.atMs()).isEmpty())
        .filter(click -> scene.changesAfter(scene.atMs()).isEmpty())
        .map(click -> about(scene, click));
  }

  private static Finding about(Scene scene, Clicked click) {
    String message = Thrown.message(scene.marker());
    String place = Thrown.place(scene.marker().error());
    String control =
        scene.marker().element() == null
            ? scene
                .pressed()
                .filter(press -> !press.label().isBlank())
                .map(press -> "“" + Phrases.brief(press.label()) + "”")
                .orElse("the control")
            : Phrases.element(scene.marker());
    Finding.Builder finding =
        Finding.of(
                "A script error follows the visitor's click on "
                    + scene.marker().route()
                    + ": "
                    + Phrases.brief(message),
                scene.here())
            .cause(ScriptErrorRule.thrown(scene), List.of(scene.here()))
            .cause(
                "It was thrown "
                    + Phrases.span(Math.max(0, scene.atMs() - click.atMs()))
                    + " after the click on "
                    + control
                    + " and before the page changed: the click had no effect at all.",
                scene.at(click),
                scene.here());
    return finding
        .fix(ScriptErrorRule.fix(message, place, Optional.empty()))
        .strength(place.isEmpty() ? 0.65 : 0.85);
  }
}
