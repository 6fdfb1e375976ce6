package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import java.util.Optional;

/** GraphQL says in its body what failed, behind a status of 200. */
final class GraphqlErrorRule implements Rule {

  @Override
  public String id() {
    return "graphql_error";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return scene.is("graphql_error") ? Optional.of(about(scene)) : Optional.empty();
  }

  private static Finding about(Scene scene) {
    ObservedMarker marker = scene.marker();
    ErrorDetail error = marker.error();
    String operation = Phrases.brief(marker.label());
    String said =
        error != null && error.message() != null && !marker.label().contains(error.message())
            ? " The server says: " + Phrases.sentence(Phrases.brief(error.message()))
            : "";
    String more =
        marker.evidence() == null || marker.evidence().isBlank()
            ? ""
            : " (" + Phrases.brief(marker.evidence()) + ")";
    Finding.Builder finding =
        Finding.of("GraphQL fails on " + marker.route() + ": " + operation, scene.here())
            .cause(
                "A GraphQL answer of status 200 carried an error"
                    + more
                    + ": "
                    + Phrases.sentence(operation)
                    + said,
                scene.reportedRequest().map(scene::at).orElseGet(scene::here),
                scene.here());
    if (!scene.isThin()) {
      scene
          .textShownAfter(scene.atMs())
          .ifPresentOrElse(
              shown ->
                  finding.cause(
                      "The page then showed " + Phrases.quoted(shown.shown()), scene.at(shown)),
              () ->
                  finding.cause(
                      "The page showed no message after it: `errors` is most likely not looked at.",
                      scene.here()));
    }
    return finding
        .fix(
            "Look at `errors` of the answer before using `data`, tell the visitor, and correct the"
                + " resolver on the server.")
        .strength(0.8);
  }
}
