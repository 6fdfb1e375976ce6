package dev.retrospec.workers.render;

import dev.retrospec.recordings.ChunkView;
import dev.retrospec.replays.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which chunks a video is made of. A session may have been recorded in several windows of the
 * browser; the one is shown in which something happened at the moment that matters, by the same
 * rule by which the player chooses.
 */
final class WindowTrack {

  /** Between two chunks of a window that is looked at. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private WindowTrack() {}

  /**
   * Of one window, in order: from the picture before the wanted piece to the piece's end.
   *
   * @param zero the session's start
   * @param momentMs what matters in it
   * @throws NothingToShow when nothing of it can be drawn
   */
  static List<ChunkView> of(
      List<ChunkView> chunks, Instant zero, ReplayWindow wanted, long momentMs) {
    Map<String, List<ChunkView>> windows = new LinkedHashMap<>();
    chunks.forEach(
        chunk -> windows.computeIfAbsent(chunk.windowId(), id -> new ArrayList<>()).add(chunk));
    Instant moment = zero.plusMillis(momentMs);
    List<ChunkView> track =
        windows.values().stream()
            .filter(window -> window.stream().anyMatch(ChunkView::hasFullSnapshot))
            .max(
                Comparator.<List<ChunkView>, Boolean>comparing(window -> covers(window, moment))
                    .thenComparing(WindowTrack::length))
            .orElseThrow(
                () ->
                    new NothingToShow(
                        chunks.isEmpty()
                            ? "The session has no recorded events"
                            : "The recording holds no picture of a page"));
    return cut(
        track.stream().sorted(Comparator.comparing(ChunkView::firstEventAt)).toList(),
        zero.plusMillis(wanted.startMs()),
        zero.plusMillis(wanted.endMs()));
  }

  private static boolean covers(List<ChunkView> window, Instant moment) {
    return window.stream()
        .anyMatch(
            chunk ->
                !chunk.firstEventAt().isAfter(moment)
                    && !chunk.lastEventAt().plus(CLOSE).isBefore(moment));
  }

  private static Duration length(List<ChunkView> window) {
    Instant first =
        window.stream().map(ChunkView::firstEventAt).min(Instant::compareTo).orElseThrow();
    Instant last =
        window.stream().map(ChunkView::lastEventAt).max(Instant::compareTo).orElseThrow();
    return Duration.between(first, last);
  }

  private static List<ChunkView> cut(List<ChunkView> track, Instant from, Instant to) {
    int anchor = -1;
    int first = -1;
    for (int i = 0; i < track.size() && !track.get(i).firstEventAt().isAfter(from); i++) {
      if (track.get(i).hasFullSnapshot()) {
        // The one before: the nearest may hold its picture only after the wanted moment.
        anchor = first < 0 ? i : first;
        first = i;
      }
    }
    int begin = Math.max(anchor, 0);
    return track.subList(begin, track.size()).stream()
        .filter(chunk -> !chunk.firstEventAt().isAfter(to))
        .toList();
  }
}
