package dev.retrospec.reports;

import dev.retrospec.recordings.ChunkView;
import dev.retrospec.recordings.EventId;
import dev.retrospec.recordings.EventTimes;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.TimeZero;
import dev.retrospec.sessions.ErrorMarker;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a session can be pointed at: its events and its markers, with their times. */
@ApplicationScoped
public class LiveMoments {

  /** So far from what it tells may a sentence be that names a time and no event. */
  static final long NEARBY_MS = 1_000;

  /** Around one time; windows of a session overlap. */
  private static final int MAX_CHUNKS_NEARBY = 8;

  private final RecordingTimeline timeline;
  private final EventTimes times;
  private final ErrorMarkers markers;

  @Inject
  public LiveMoments(RecordingTimeline timeline, EventTimes times, ErrorMarkers markers) {
    this.timeline = timeline;
    this.times = times;
    this.markers = markers;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected LiveMoments() {
    this(null, null, null);
  }

  OfSession of(SessionView session) {
    List<ChunkView> chunks = timeline.chunks(session.projectId(), session.recordedAs());
    Map<String, Long> offsets = new HashMap<>();
    for (ErrorMarker marker : markers.of(session.projectId(), session.id())) {
      offsets.put(marker.id().value(), marker.replayOffsetMs());
    }
    return new OfSession(session, chunks, offsets);
  }

  /** Something with its time. */
  private record Found(String id, long atMs) {}

  /** Those of one session; remembers which chunks it has read. */
  final class OfSession {

    private final SessionView session;
    private final List<ChunkView> chunks;
    private final Map<String, Long> markerOffsets;
    private final long zero;
    private final Map<Integer, long[]> read = new HashMap<>();

    private OfSession(SessionView session, List<ChunkView> chunks, Map<String, Long> offsets) {
      this.session = session;
      this.chunks = chunks;
      this.markerOffsets = offsets;
      this.zero =
          TimeZero.of(
                  session.startedAt(),
                  Duration.ofMillis(session.durationMs()),
                  chunks.stream().map(ChunkView::firstEventAt).toList())
              .toEpochMilli();
    }

    /** The sentence with what exists of what it names and with that one's time; else empty. */
    Optional<Evidence> confirmed(Evidence item) {
      List<Found> found = new ArrayList<>();
      if (item.eventIds().isEmpty()) {
        nearest(item.atMs()).ifPresent(found::add);
      } else {
        item.eventIds().stream().distinct().forEach(id -> find(id).ifPresent(found::add));
      }
      return found.stream()
          .min(nearestTo(item.atMs()))
          .map(at -> item.standingOn(found.stream().map(Found::id).toList(), at.atMs()));
    }

    private static java.util.Comparator<Found> nearestTo(long atMs) {
      return java.util.Comparator.comparingLong(found -> Math.abs(found.atMs() - atMs));
    }

    private Optional<Found> find(String id) {
      String marker = Evidence.markerOf(id);
      if (marker != null) {
        return Optional.ofNullable(markerOffsets.get(marker)).map(at -> new Found(id, at));
      }
      return EventId.parse(id)
          .filter(event -> chunks.stream().anyMatch(chunk -> chunk.seq() == event.seq()))
          .filter(event -> event.index() < times(event.seq()).length)
          .map(event -> new Found(id, sinceStart(times(event.seq())[event.index()])));
    }

    private Optional<Found> nearest(long atMs) {
      List<Found> candidates = new ArrayList<>();
      chunks.stream()
          .filter(chunk -> sinceStart(chunk.firstEventAt().toEpochMilli()) - NEARBY_MS <= atMs)
          .filter(chunk -> sinceStart(chunk.lastEventAt().toEpochMilli()) + NEARBY_MS >= atMs)
          .limit(MAX_CHUNKS_NEARBY)
          .forEach(chunk -> candidates.add(nearestIn(chunk.seq(), atMs)));
      markerOffsets.forEach((id, at) -> candidates.add(new Found("marker/" + id, at)));
      return candidates.stream()
          .filter(found -> found != null && Math.abs(found.atMs() - atMs) <= NEARBY_MS)
          .min(nearestTo(atMs));
    }

    private @Nullable Found nearestIn(int seq, long atMs) {
      long[] all = times(seq);
      Found best = null;
      for (int i = 0; i < all.length; i++) {
        Found found = new Found(new EventId(seq, i).toString(), sinceStart(all[i]));
        if (best == null || nearestTo(atMs).compare(found, best) < 0) {
          best = found;
        }
      }
      return best;
    }

    private long[] times(int seq) {
      return read.computeIfAbsent(
          seq,
          number ->
              times
                  .of(session.projectId(), session.recordedAs(), number)
                  .orElseGet(() -> new long[0]));
    }

    private long sinceStart(long epochMs) {
      return Math.max(0, epochMs - zero);
    }
  }
}
