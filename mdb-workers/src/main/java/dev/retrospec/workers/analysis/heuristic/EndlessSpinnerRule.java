package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;
import java.util.Optional;

/** The page tells the visitor to wait, and never stops. */
final class EndlessSpinnerRule implements Rule {

  /** Shorter is a page that is at work. */
  private static final long ENDLESS_MS = 2_000;

  @Override
  public String id() {
    return "endless_spinner";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.UI_NO_EFFECT) {
      return Optional.empty();
    }
    return scene
        .stillWaiting(scene.atMs())
        .filter(busy -> scene.watchedUntil(busy) - busy.atMs() >= ENDLESS_MS)
        .map(busy -> about(scene, busy));
  }

  private static Finding about(Scene scene, BusyChanged busy) {
    Finding.Builder finding =
        Finding.of(
                "`"
                    + busy.what()
                    + "` tells the visitor to wait on "
                    + scene.marker().route()
                    + ", without end",
                scene.at(busy),
                scene.here())
            .cause(
                "The spinner `"
                    + busy.what()
                    + "` came at "
                    + Phrases.time(busy.atMs())
                    + " and was still there "
                    + Phrases.span(scene.watchedUntil(busy) - busy.atMs())
                    + " later.",
                scene.at(busy),
                scene.here());
    List<RequestEnded> ended = scene.all(RequestEnded.class, busy.atMs(), Long.MAX_VALUE);
    Optional<RequestEnded> failed = ended.stream().filter(RequestEnded::failed).findFirst();
    double strength = 0.7;
    if (failed.isPresent()) {
      finding.cause(
          Phrases.name(failed.get())
              + " "
              + Phrases.outcome(failed.get())
              + ", and nobody took the spinner away.",
          scene.at(failed.get()));
      strength = 0.85;
    } else if (ended.isEmpty()) {
      finding.cause(
          "No request came to an end since: the page waits for an answer that does not come, or"
              + " for nothing at all.",
          scene.at(busy));
    } else {
      finding.cause(
          "What it asked for was answered ("
              + Phrases.name(ended.get(0))
              + " "
              + Phrases.outcome(ended.get(0))
              + "), and nobody took the spinner away.",
          scene.at(ended));
      strength = 0.75;
    }
    return finding
        .fix(
            "Take the spinner away in every case, also when the request fails or never ends"
                + " (finally, and a limit of time), and tell the visitor.")
        .strength(strength);
  }
}
