package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;

/** Requests that failed or were answered with an error. */
final class FailedRequestRule {

  private FailedRequestRule() {}

  static Finding apply(Scene scene) {
    Optional<RequestEnded> request = request(scene);
    if (request.isEmpty()) {
      return new Finding(
          "A request fails on "
              + scene.marker().route()
              + ": "
              + Phrases.brief(scene.marker().label()),
          "A request failed; neither the marker nor the recording says which.",
          "Look at the network tab of the replay around "
              + Phrases.time(scene.atMs())
              + " and at the server's log of that time.",
          0.3);
    }
    RequestEnded failed = request.get();
    String name = Phrases.name(failed);
    int failures = Math.max(1, scene.failuresOf(failed).size());
    String repeated =
        failures > 1 ? " It failed " + Phrases.times(failures) + " in what was recorded here." : "";
    String shown =
        scene.changesAfter(scene.atMs()).isEmpty() && !scene.isThin()
            ? " The page showed nothing in the "
                + Phrases.span(Scene.REACTION_MS)
                + " after it, so the visitor was not told."
            : "";
    return new Finding(
        name + " " + outcome(failed.status()) + " on " + scene.marker().route(),
        name
            + " "
            + outcome(failed.status())
            + took(failed)
            + " at "
            + Phrases.time(failed.atMs())
            + ". "
            + meaning(failed.status())
            + repeated
            + shown,
        fix(name, failed.status()),
        confidence(scene, failures));
  }

  /** As the recording has it, else as the marker says. */
  static Optional<RequestEnded> request(Scene scene) {
    Optional<RequestEnded> recorded = scene.reportedRequest();
    if (recorded.isPresent()) {
      return recorded;
    }
    ObservedMarker marker = scene.marker();
    RequestDetail detail = marker.request();
    if (detail == null || detail.url() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestEnded(
            scene.atMs(),
            detail.method() == null ? "GET" : detail.method(),
            detail.url(),
            detail.status() == null ? 0 : detail.status(),
            detail.durationMs() == null ? 0 : detail.durationMs()));
  }

  static String outcome(int status) {
    return status == 0 ? "got no answer" : "was answered " + status;
  }

  private static String took(RequestEnded request) {
    return request.durationMs() > 0 ? " after " + Phrases.span(request.durationMs()) : "";
  }

  private static String meaning(int status) {
    if (status == 0) {
      return "The browser got no answer: the network, a timeout, CORS, CSP or a blocker.";
    }
    return switch (status) {
      case 400, 422 -> "The server refused the data that the page sent.";
      case 401, 403 -> "The server did not accept who asked: signed out, expired, or not allowed.";
      case 404, 410 -> "The address or the thing it names is not there.";
      case 408, 504 -> "Something behind the server took too long.";
      case 409, 412 -> "What was to be changed had changed meanwhile.";
      case 413 -> "What was sent is larger than the server takes.";
      case 429 -> "The server was asked too often.";
      case 502, 503 -> "The server, or one behind it, was away or overloaded.";
      default ->
          status >= 500
              ? "The server failed while it worked on the request."
              : "The server refused the request.";
    };
  }

  private static String fix(String name, int status) {
    String tell = " Tell the visitor what happened, and let them try again.";
    if (status == 0) {
      return "Check that the address of "
          + name
          + " can be reached from the page (DNS, TLS, CORS"
          + " and CSP headers), and handle the rejected promise."
          + tell;
    }
    return switch (status) {
      case 400, 422 ->
          "Compare what the page sends with what "
              + name
              + " accepts; check it before sending, and show the server's reason at the field.";
      case 401, 403 ->
          "Renew the sign-in before " + name + ", or send the visitor to it; do not fail silently.";
      case 404, 410 ->
          "Correct the address of " + name + ", or handle that the thing is gone." + tell;
      case 429 -> "Ask less often: debounce, cache, and honour Retry-After of " + name + ".";
      case 409, 412 -> "Load the current state again before repeating " + name + "." + tell;
      default ->
          "Find this request in the server's log (time and route are in the evidence) and correct"
              + " the failure of "
              + name
              + "."
              + tell;
    };
  }

  private static double confidence(Scene scene, int failures) {
    double confidence = 0.45;
    confidence += scene.marker().request() != null ? 0.15 : 0;
    confidence += scene.reportedRequest().isPresent() ? 0.2 : 0;
    confidence += failures > 1 ? 0.05 : 0;
    confidence += scene.click().isPresent() ? 0.05 : 0;
    return confidence;
  }
}
