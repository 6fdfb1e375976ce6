package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.workers.analysis.Peers;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;

/** An answer that came, but late. */
final class SlowRequestRule implements Rule {

  @Override
  public String id() {
    return "slow_request";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (!scene.is("slow_request")) {
      return Optional.empty();
    }
    return FailedRequestRule.request(scene).map(request -> about(scene, request));
  }

  private static Finding about(Scene scene, RequestEnded request) {
    String name = Phrases.name(request);
    Finding.Builder finding =
        Finding.of(name + " is slow on " + scene.marker().route(), scene.at(request), scene.here())
            .cause(
                name + " was answered after " + Phrases.span(request.durationMs()) + ".",
                scene.at(request),
                scene.here());
    Peers.Answered others = scene.peers().answered(request.method(), Phrases.path(request.url()));
    if (others.well() > 0) {
      finding.cause(
          String.format(
              "%d of %d healthy sessions of this page had the same request without such a report.",
              others.well(), others.sessions()),
          scene.at(request));
    }
    return finding
        .fix("Make " + name + " faster, or show at once that it is under way.")
        .strength(0.7);
  }
}
