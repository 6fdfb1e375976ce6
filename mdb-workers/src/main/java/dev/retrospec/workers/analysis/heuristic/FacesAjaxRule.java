package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.Statement.Ref;
import java.util.Optional;

/** An ajax request of Jakarta Faces that failed behind a status of 200. */
final class FacesAjaxRule implements Rule {

  @Override
  public String id() {
    return "faces_ajax_error";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (!scene.is("faces_error", "view_expired", "faces_answer")) {
      return Optional.empty();
    }
    ObservedMarker marker = scene.marker();
    Ref seen = scene.reportedRequest().map(scene::at).orElseGet(scene::here);
    Finding.Builder finding =
        Finding.of(
                "An ajax request of Faces fails on "
                    + marker.route()
                    + ": "
                    + Phrases.brief(marker.label()),
                scene.here())
            .cause(cause(marker), seen, scene.here());
    if (!scene.isThin()) {
      scene
          .textShownAfter(scene.atMs())
          .ifPresentOrElse(
              shown ->
                  finding.cause(
                      "The page then showed " + Phrases.quoted(shown.shown()), scene.at(shown)),
              () ->
                  finding.cause(
                      "The page showed nothing after it, so the visitor was not told.",
                      scene.here()));
    }
    return Optional.of(finding.fix(fix(scene)).strength(0.85));
  }

  private static String cause(ObservedMarker marker) {
    ErrorDetail error = marker.error();
    String source = source(marker.label());
    String thrown = thrown(error, marker);
    return switch (marker.subkind() == null ? "" : marker.subkind()) {
      case "view_expired" ->
          "The view that `"
              + source
              + "` belongs to is expired: the server has no state of it any more ("
              + thrown
              + ").";
      case "faces_answer" ->
          "The request of `"
              + source
              + "` was answered by something that is no partial response: most often the page of a"
              + " sign-in, because the session is over.";
      default ->
          "The server threw "
              + thrown
              + " while it worked on the request of `"
              + source
              + "`, behind a status of 200.";
    };
  }

  /** The component stands before the first colon that is followed by a space. */
  private static String source(String label) {
    int end = label.indexOf(": ");
    return Phrases.brief(end < 0 ? label : label.substring(0, end));
  }

  private static String thrown(
      @org.jspecify.annotations.Nullable ErrorDetail error, ObservedMarker marker) {
    String type =
        marker.evidence() != null && !marker.evidence().isBlank()
            ? Phrases.brief(marker.evidence())
            : error == null || error.type() == null ? "an error" : error.type();
    return error == null || error.message() == null || error.message().isBlank()
        ? type
        : type + ": " + Phrases.brief(error.message());
  }

  private static String fix(Scene scene) {
    return scene.is("faces_error")
        ? "Correct the exception (the server's log has it at that time), and show a message with an"
            + " onerror handler or an ExceptionHandler."
        : "Let the visitor sign in or load the page again when the view or the session is gone: an"
            + " ExceptionHandler for ViewExpiredException, and a longer session or client-side"
            + " state.";
  }
}
