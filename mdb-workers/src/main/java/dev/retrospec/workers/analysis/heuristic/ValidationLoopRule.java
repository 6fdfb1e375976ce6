package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import java.util.List;
import java.util.Optional;

/** The same form refuses the same thing again and again. */
final class ValidationLoopRule implements Rule {

  @Override
  public String id() {
    return "validation_loop";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.VALIDATION_FAILED) {
      return Optional.empty();
    }
    List<ObservedMarker> tries =
        scene.markers().stream()
            .filter(other -> other.kind() == MarkerKind.VALIDATION_FAILED)
            .filter(other -> other.label().equals(scene.marker().label()))
            .filter(other -> other.route().equals(scene.marker().route()))
            .toList();
    return tries.size() < 2 ? Optional.empty() : Optional.of(about(scene, tries));
  }

  private static Finding about(Scene scene, List<ObservedMarker> tries) {
    ObservedMarker marker = scene.marker();
    String field = BlockedFormRule.field(marker);
    long span = tries.get(tries.size() - 1).replayOffsetMs() - tries.get(0).replayOffsetMs();
    Finding.Builder finding =
        Finding.of(
                "A form on "
                    + marker.route()
                    + " refuses "
                    + field
                    + " "
                    + Phrases.times(tries.size())
                    + ", and the visitor does not get on",
                scene.here())
            .cause(
                "The same form was refused "
                    + Phrases.times(tries.size())
                    + " within "
                    + Phrases.span(span)
                    + " because of "
                    + field
                    + BlockedFormRule.reason(marker)
                    + ".",
                tries.stream().map(scene::at).toList());
    BlockedFormRule.server(scene, finding);
    return finding
        .fix(
            "Check that the rule for "
                + field
                + " accepts everything that people rightly enter, and say at the field what is"
                + " expected.")
        .strength(0.75);
  }
}
