package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One marker and what happened around it; remembers what was looked at and found, which is the
 * evidence of whatever is said.
 */
final class Scene {

  /** A click that leads to something does so within that time, or people stop linking the two. */
  private static final long CLICK_BEFORE_MS = 5_000;

  /** What a failed answer breaks, it breaks soon. */
  private static final long REQUEST_BEFORE_MS = 5_000;

  /** An answer and the marker that reports it may be in either order. */
  private static final long SAME_MOMENT_MS = 1_000;

  /** A page that reacts, reacts within that time. */
  static final long REACTION_MS = 2_000;

  /** Clicks on the same place within that time are repeated ones. */
  private static final long REPEAT_MS = 4_000;

  private final ObservedMarker marker;
  private final List<Moment> moments;
  private final boolean recorded;

  Scene(AnalysisCase analysisCase, ObservedMarker marker) {
    this.marker = marker;
    this.moments = analysisCase.found().moments();
    this.recorded = analysisCase.found().recorded();
  }

  ObservedMarker marker() {
    return marker;
  }

  long atMs() {
    return marker.replayOffsetMs();
  }

  /** Whether there are any events to go by. */
  boolean isThin() {
    return !recorded || moments.isEmpty();
  }

  /** The last click before it. */
  Optional<Clicked> click() {
    return last(Clicked.class, atMs() - CLICK_BEFORE_MS, atMs(), click -> true);
  }

  /** Clicks on one and the same place around it, three or more; else empty. */
  List<Clicked> repeatedClicks() {
    List<Clicked> around = all(Clicked.class, atMs() - REPEAT_MS, atMs() + REPEAT_MS);
    List<Clicked> best = List.of();
    for (Clicked first : around) {
      List<Clicked> same =
          around.stream()
              .filter(click -> click.nodeId() == first.nodeId())
              .filter(click -> Math.abs(click.atMs() - first.atMs()) <= REPEAT_MS)
              .toList();
      best = same.size() > best.size() ? same : best;
    }
    return best.size() >= 3 ? best : List.of();
  }

  /** The failed request that ended last before it, other than the one it reports itself. */
  Optional<RequestEnded> failedRequestBefore() {
    return last(RequestEnded.class, atMs() - REQUEST_BEFORE_MS, atMs() + 50, RequestEnded::failed);
  }

  /** The request that the marker reports, as the recording has it. */
  Optional<RequestEnded> reportedRequest() {
    RequestDetail detail = marker.request();
    return all(RequestEnded.class, atMs() - SAME_MOMENT_MS, atMs() + SAME_MOMENT_MS).stream()
        .filter(RequestEnded::failed)
        .filter(request -> detail == null || isSame(request, detail))
        .min(Comparator.comparingLong(request -> Math.abs(request.atMs() - atMs())));
  }

  private static boolean isSame(RequestEnded request, RequestDetail detail) {
    boolean sameUrl = detail.url() == null || path(detail.url()).equals(path(request.url()));
    boolean sameStatus = detail.status() == null || detail.status() == request.status();
    return sameUrl && sameStatus;
  }

  private static String path(String url) {
    return Phrases.path(url);
  }

  /** How often the same request failed in what was read. */
  List<RequestEnded> failuresOf(RequestEnded request) {
    return moments.stream()
        .filter(RequestEnded.class::isInstance)
        .map(RequestEnded.class::cast)
        .filter(RequestEnded::failed)
        .filter(other -> other.method().equals(request.method()))
        .filter(other -> path(other.url()).equals(path(request.url())))
        .toList();
  }

  /** An error that the console was told of at the same time. */
  Optional<ConsoleEntry> consoleError() {
    return all(ConsoleEntry.class, atMs() - SAME_MOMENT_MS, atMs() + SAME_MOMENT_MS).stream()
        .filter(ConsoleEntry::isError)
        .filter(entry -> !entry.text().isBlank())
        .min(Comparator.comparingLong(entry -> Math.abs(entry.atMs() - atMs())));
  }

  List<PageChanged> changesAfter(long atMs) {
    return all(PageChanged.class, atMs, atMs + REACTION_MS);
  }

  List<RequestEnded> requestsAfter(long atMs) {
    return all(RequestEnded.class, atMs, atMs + REACTION_MS);
  }

  Optional<Navigated> pageBefore() {
    return last(Navigated.class, 0, atMs(), page -> true);
  }

  Optional<Navigated> pageAfter() {
    return all(Navigated.class, atMs() + 1, Long.MAX_VALUE).stream().findFirst();
  }

  List<Navigated> pages() {
    return all(Navigated.class, 0, Long.MAX_VALUE);
  }

  private <T extends Moment> List<T> all(Class<T> type, long from, long to) {
    List<T> found = new ArrayList<>();
    for (Moment moment : moments) {
      if (type.isInstance(moment) && moment.atMs() >= from && moment.atMs() <= to) {
        found.add(type.cast(moment));
      }
    }
    return found;
  }

  private <T extends Moment> Optional<T> last(
      Class<T> type, long from, long to, Predicate<T> condition) {
    List<T> all = all(type, from, to).stream().filter(condition).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }
}
