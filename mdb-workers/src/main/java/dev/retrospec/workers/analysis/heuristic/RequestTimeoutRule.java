package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A request that was waited for and never answered, by the page's patience or a server's. */
final class RequestTimeoutRule implements Rule {

  /** Without an answer after that, the network was there and the server was not in time. */
  private static final long WAITED_MS = 1_000;

  /** What answers for a server that does not. */
  private static final Set<Integer> GATEWAYS = Set.of(408, 504, 524);

  private static final Pattern TIMED_OUT =
      Pattern.compile("AbortError|TimeoutError|time(?:d)?[ -]?out", Pattern.CASE_INSENSITIVE);

  @Override
  public String id() {
    return "request_timeout";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return switch (scene.marker().kind()) {
      case API_ERROR ->
          FailedRequestRule.request(scene)
              .filter(request -> isTimeout(request))
              .map(request -> about(scene, request));
      case JS_EXCEPTION ->
          scene
              .failedRequestBefore()
              .filter(request -> request.status() == 0 && request.durationMs() >= WAITED_MS)
              .filter(request -> TIMED_OUT.matcher(Thrown.message(scene.marker())).find())
              .map(request -> about(scene, request));
      default -> Optional.empty();
    };
  }

  private static boolean isTimeout(RequestEnded request) {
    return GATEWAYS.contains(request.status())
        || (request.status() == 0 && request.durationMs() >= WAITED_MS);
  }

  private static Finding about(Scene scene, RequestEnded request) {
    String name = Phrases.name(request);
    String waited = Phrases.span(request.durationMs());
    Finding.Builder finding =
        Finding.of(
                "The visitor waits for " + name + " on " + scene.marker().route() + " in vain",
                scene.at(request),
                scene.here())
            .cause(
                request.status() == 0
                    ? name
                        + " timed out: it began at "
                        + Phrases.time(request.startedAtMs())
                        + " and was given up after "
                        + waited
                        + " without an answer."
                    : name
                        + " timed out: a server in between answered "
                        + request.status()
                        + " after "
                        + waited
                        + ", because the one behind it did not.",
                scene.at(request),
                scene.here());
    scene
        .textShownAfter(request.atMs())
        .ifPresent(
            shown ->
                finding.cause(
                    "The page then showed " + Phrases.quoted(shown.shown()), scene.at(shown)));
    scene
        .stillWaiting(request.atMs())
        .ifPresent(
            busy ->
                finding.cause(
                    "`" + busy.what() + "` still tells the visitor to wait.", scene.at(busy)));
    return finding
        .fix(
            "Find out what "
                + name
                + " waits for on the server, give it a limit there, and offer the visitor another"
                + " try when it does not come.")
        .strength(scene.marker().kind() == MarkerKind.API_ERROR ? 0.85 : 0.75);
  }
}
