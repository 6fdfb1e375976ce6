package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.Peers;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.List;
import java.util.Optional;

/** A request that failed or was answered with an error, and what the page did with that. */
final class FailedRequestRule implements Rule {

  @Override
  public String id() {
    return "failed_request";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.API_ERROR) {
      return Optional.empty();
    }
    return Optional.of(
        request(scene).map(found -> about(scene, found)).orElseGet(() -> unknown(scene)));
  }

  private static Finding unknown(Scene scene) {
    return Finding.of(
            "A request fails on "
                + scene.marker().route()
                + ": "
                + Phrases.brief(scene.marker().label()),
            scene.here())
        .cause("A request failed; neither the marker nor the recording says which.", scene.here())
        .fix(
            "Look at the network tab of the replay around "
                + Phrases.time(scene.atMs())
                + " and at the server's log of that time.")
        .strength(0.3);
  }

  private static Finding about(Scene scene, RequestEnded failed) {
    String name = Phrases.name(failed);
    Ref seen = scene.at(failed);
    String outcome = Phrases.outcome(failed);
    List<RequestEnded> failures = scene.failuresOf(failed);
    Finding.Builder finding =
        Finding.of(name + " " + outcome + " on " + scene.marker().route(), seen, scene.here())
            .cause(
                name
                    + " "
                    + outcome
                    + took(failed)
                    + " at "
                    + Phrases.time(failed.atMs())
                    + ". "
                    + meaning(failed.status()),
                seen,
                scene.here());
    if (failures.size() > 1) {
      finding.cause(
          "It failed " + Phrases.times(failures.size()) + " in what was recorded here.",
          scene.at(failures));
    }
    reaction(scene, failed, finding);
    boolean differs = peers(scene, failed, finding);
    boolean told = scene.textShownAfter(failed.atMs()).isPresent();
    return finding
        .fix(fix(name, failed.status(), told))
        .strength(strength(scene, failures, differs));
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

  private static String took(RequestEnded request) {
    return request.durationMs() > 0 ? " after " + Phrases.span(request.durationMs()) : "";
  }

  /** What the page made of it: a text, another try, a spinner that stays, or nothing at all. */
  private static void reaction(Scene scene, RequestEnded failed, Finding.Builder finding) {
    if (scene.isThin()) {
      return;
    }
    Optional<PageChanged> shown = scene.textShownAfter(failed.atMs());
    Optional<BusyChanged> waiting = scene.stillWaiting(failed.atMs());
    if (shown.isPresent()) {
      finding.cause(
          "The page then showed " + Phrases.quoted(shown.get().shown()), scene.at(shown.get()));
    } else if (scene.changesAfter(failed.atMs()).isEmpty()) {
      finding.cause(
          "The page showed nothing in the "
              + Phrases.span(Scene.REACTION_MS)
              + " after it, so the visitor was not told.",
          scene.at(failed));
    } else {
      finding.cause(
          "The page changed after it, without a text: the visitor was not told.",
          scene.at(scene.changesAfter(failed.atMs())));
    }
    waiting.ifPresent(
        busy ->
            finding.cause(
                "`" + busy.what() + "` still tells the visitor to wait.", scene.at(busy)));
  }

  private static boolean peers(Scene scene, RequestEnded failed, Finding.Builder finding) {
    Peers.Answered others = scene.peers().answered(failed.method(), Phrases.path(failed.url()));
    if (others.well() == 0) {
      return false;
    }
    finding.cause(
        String.format(
            "In %d of %d healthy sessions of this page the same request was answered well.",
            others.well(), others.sessions()),
        scene.at(failed));
    return true;
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

  private static String fix(String name, int status, boolean told) {
    String tell = told ? "" : " Tell the visitor what happened, and let them try again.";
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

  private static double strength(Scene scene, List<RequestEnded> failures, boolean differs) {
    double strength = 0.45;
    strength += scene.marker().request() != null ? 0.15 : 0;
    strength += scene.reportedRequest().isPresent() ? 0.2 : 0;
    strength += failures.size() > 1 ? 0.05 : 0;
    strength += scene.click().isPresent() ? 0.05 : 0;
    strength += differs ? 0.05 : 0;
    return strength;
  }
}
