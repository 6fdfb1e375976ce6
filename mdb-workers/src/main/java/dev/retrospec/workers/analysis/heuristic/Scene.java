package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.Evidence;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Peers;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.Marked;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.Pressed;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import dev.retrospec.workers.moments.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One marker and what happened around it: what the rules look at. */
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

  private final AnalysisCase analysisCase;
  private final ObservedMarker marker;
  private final List<Moment> moments;
  private final boolean recorded;

  Scene(AnalysisCase analysisCase, ObservedMarker marker) {
    this.analysisCase = analysisCase;
    this.marker = marker;
    this.moments = analysisCase.found().moments();
    this.recorded = analysisCase.found().recorded();
  }

  ObservedMarker marker() {
    return marker;
  }

  /** All that was reported in the session, this marker included. */
  List<ObservedMarker> markers() {
    return analysisCase.markers();
  }

  Peers peers() {
    return analysisCase.peers();
  }

  boolean is(String... subkinds) {
    return List.of(subkinds).contains(marker.subkind() == null ? "" : marker.subkind());
  }

  long atMs() {
    return marker.replayOffsetMs();
  }

  /** Where this marker can be seen. */
  Ref here() {
    return at(marker);
  }

  /** Where a marker can be seen: the event that tells of it, or itself. */
  Ref at(ObservedMarker which) {
    return all(Marked.class, 0, Long.MAX_VALUE).stream()
        .filter(event -> event.markerId().equals(which.id().value()))
        .findFirst()
        .map(event -> ref(event.atMs(), event.event()))
        .orElseGet(() -> new Ref(Math.max(0, which.replayOffsetMs()), Evidence.idOf(which.id())));
  }

  /** Where a moment can be seen; one of which the event is not known stands on the marker. */
  Ref at(Moment moment) {
    return ref(moment.atMs(), moment.event());
  }

  private Ref ref(long atMs, @org.jspecify.annotations.Nullable EventId event) {
    return new Ref(atMs, event == null ? Evidence.idOf(marker.id()) : event.toString());
  }

  /** Where each of some can be seen; where there are none, this marker. */
  List<Ref> at(List<? extends Moment> some) {
    return some.isEmpty() ? List.of(here()) : some.stream().map(this::at).toList();
  }

  /**
   * Whether there are no events to go by: none at all, or those around the marker were not read.
   */
  boolean isThin() {
    return !recorded || moments.isEmpty() || !isRead();
  }

  /**
   * Whether what was recorded around the marker was read. A recording may end before its last
   * marker; but where some was left out, that may be just what came after the marker.
   */
  private boolean isRead() {
    return analysisCase.found().complete()
        ? !readBetween(atMs() - CLICK_BEFORE_MS, atMs() + REACTION_MS).isEmpty()
        : !readBetween(atMs() - SAME_MOMENT_MS, atMs() + SAME_MOMENT_MS).isEmpty();
  }

  /** The last click before it. */
  Optional<Clicked> click() {
    return last(Clicked.class, atMs() - CLICK_BEFORE_MS, atMs(), click -> true);
  }

  /** Clicks on one and the same place around it, three or more; else empty. */
  List<Clicked> repeatedClicks() {
    Map<Long, List<Clicked>> byNode = new LinkedHashMap<>();
    for (Clicked click : all(Clicked.class, atMs() - REPEAT_MS, atMs() + REPEAT_MS)) {
      byNode.computeIfAbsent(click.nodeId(), node -> new ArrayList<>()).add(click);
    }
    return byNode.values().stream()
        .filter(same -> same.size() >= 3)
        .max(Comparator.comparingInt(List::size))
        .orElseGet(List::of);
  }

  /** When the visitor began to do what the marker is about. */
  long begun() {
    List<Clicked> clicks = repeatedClicks();
    return clicks.isEmpty() ? click().map(Clicked::atMs).orElse(atMs()) : clicks.get(0).atMs();
  }

  /** What the recorder says of the last click before it. */
  Optional<Pressed> pressed() {
    return last(Pressed.class, atMs() - CLICK_BEFORE_MS, atMs() + 50, press -> true);
  }

  /** The failed request that ended last before it, other than the one it reports itself. */
  Optional<RequestEnded> failedRequestBefore() {
    return last(RequestEnded.class, atMs() - REQUEST_BEFORE_MS, atMs() + 50, RequestEnded::failed);
  }

  /** The request that the marker reports, as the recording has it. */
  Optional<RequestEnded> reportedRequest() {
    RequestDetail detail = marker.request();
    return all(RequestEnded.class, atMs() - SAME_MOMENT_MS, atMs() + SAME_MOMENT_MS).stream()
        .filter(request -> detail == null ? request.failed() : isSame(request, detail))
        .min(Comparator.comparingLong(request -> Math.abs(request.atMs() - atMs())));
  }

  private static boolean isSame(RequestEnded request, RequestDetail detail) {
    boolean sameUrl =
        detail.url() == null || Phrases.path(detail.url()).equals(Phrases.path(request.url()));
    boolean sameStatus = detail.status() == null || detail.status() == request.status();
    return sameUrl && sameStatus;
  }

  /** How often the same request failed in what was read. */
  List<RequestEnded> failuresOf(RequestEnded request) {
    return all(RequestEnded.class, 0, Long.MAX_VALUE).stream()
        .filter(RequestEnded::failed)
        .filter(other -> other.method().equals(request.method()))
        .filter(other -> Phrases.path(other.url()).equals(Phrases.path(request.url())))
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
    return changesBetween(atMs, atMs + REACTION_MS);
  }

  List<PageChanged> changesBetween(long fromMs, long toMs) {
    return all(PageChanged.class, fromMs, toMs);
  }

  /** A change soon after that brought text into the page. */
  Optional<PageChanged> textShownAfter(long atMs) {
    return changesAfter(atMs).stream()
        .filter(change -> change.shown().codePoints().filter(Character::isLetter).count() >= 3)
        .findFirst();
  }

  List<RequestEnded> requestsAfter(long atMs) {
    return all(RequestEnded.class, atMs, atMs + REACTION_MS);
  }

  /**
   * What the page began to tell the visitor to wait with, because of something that the visitor
   * did, before or at that time, and never stopped in what was read without a gap.
   */
  Optional<BusyChanged> stillWaiting(long byMs) {
    List<Stretch> then = readBetween(byMs - SAME_MOMENT_MS, byMs + SAME_MOMENT_MS);
    Map<WaitingElement, BusyChanged> on = new LinkedHashMap<>();
    for (BusyChanged change : all(BusyChanged.class, 0, Long.MAX_VALUE)) {
      WaitingElement element = new WaitingElement(Stretch.windowOf(change), change.nodeId());
      if (then.stream().noneMatch(stretch -> stretch.holds(change))) {
        continue;
      }
      if (!change.on()) {
        on.remove(element);
      } else if (change.atMs() <= byMs) {
        on.put(element, change);
      }
    }
    return on.values().stream()
        .filter(BusyChanged::prompted)
        .max(Comparator.comparingLong(BusyChanged::atMs));
  }

  /** Numbers of elements are each window's own. */
  private record WaitingElement(int window, long nodeId) {}

  /**
   * Until when its window was read without a gap since then, in milliseconds since the session's
   * start. Not the last moment: somebody who waits does nothing of which there is one.
   */
  long watchedUntil(Moment since) {
    return analysisCase.found().read().stream()
        .filter(stretch -> stretch.holds(since))
        .mapToLong(Stretch::toMs)
        .max()
        .orElse(since.atMs());
  }

  private List<Stretch> readBetween(long from, long to) {
    return analysisCase.found().read().stream()
        .filter(stretch -> stretch.overlaps(from, to))
        .toList();
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

  <T extends Moment> List<T> all(Class<T> type, long from, long to) {
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
