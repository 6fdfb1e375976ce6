package dev.retrospec.workers.moments;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.ChunkView;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.TimeZero;
import dev.retrospec.recordings.UnreadableRecording;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what happened in some windows of a session; loads only the chunks that overlap them. */
@ApplicationScoped
public class MarkerMoments {

  /** A page that changes in a loop must not fill the memory of two workers. */
  static final int MAX_MOMENTS = 5_000;

  /** Some minutes of recording at the SDK's pace: a session full of errors is read in part. */
  static final int MAX_CHUNKS = 60;

  /** Of the moments, for the window that matters most: those before it must not take all. */
  static final int RESERVED_MOMENTS = 2_000;

  /**
   * What was found.
   *
   * @param recorded whether the session has any events at all
   * @param moments in the order in which they happened
   * @param complete false when there was more than is read
   * @param read what of each browser window was read
   */
  public record Found(
      boolean recorded, List<Moment> moments, boolean complete, List<Stretch> read) {

    public static final Found NOTHING = new Found(false, List.of(), true, List.of());

    public Found {
      moments = List.copyOf(moments);
      read = List.copyOf(read);
    }
  }

  private final RecordingTimeline timeline;
  private final ChunkCodec codec;

  @Inject
  public MarkerMoments(RecordingTimeline timeline, ChunkCodec codec) {
    this.timeline = timeline;
    this.codec = codec;
  }

  /** For the container's proxy. */
  protected MarkerMoments() {
    this(null, null);
  }

  /** What happened in these windows, the first ones first where it is too much. */
  public Found in(SessionView session, List<ReplayWindow> windows) {
    return in(session, windows, List.of());
  }

  /**
   * What happened in these windows.
   *
   * @param first those of them that are read whatever becomes of the others
   * @throws dev.retrospec.artifacts.ArtifactStoreUnavailable when the chunks are in the store and
   *     it is away
   * @throws UnreadableRecording when they do not open
   */
  public Found in(SessionView session, List<ReplayWindow> windows, List<ReplayWindow> first) {
    List<ChunkView> chunks = timeline.chunks(session.projectId(), session.recordedAs());
    if (chunks.isEmpty()) {
      return Found.NOTHING;
    }
    Instant zero =
        TimeZero.of(
            session.startedAt(),
            Duration.ofMillis(session.durationMs()),
            chunks.stream().map(ChunkView::firstEventAt).toList());
    List<ChunkView> needed = overlapping(chunks, zero, windows);
    List<ChunkView> chosen = worthReading(chunks, zero, windows, first);
    Kept kept = new Kept(first);
    MomentReader reader =
        new MomentReader(zero.toEpochMilli(), atMs -> isIn(atMs, windows), kept::take);
    List<ChunkView> read = new ArrayList<>();
    for (ChunkView chunk : chosen) {
      int left = kept.leftOut;
      // A chunk of which moments were left out was not read.
      if (read(session, chunk, reader) && kept.leftOut == left) {
        read.add(chunk);
      }
    }
    kept.moments.sort(Comparator.comparingLong(Moment::atMs));
    boolean complete = kept.leftOut == 0 && chosen.containsAll(needed);
    return new Found(true, kept.moments, complete, stretches(read, zero));
  }

  /** Collects moments up to a limit, some of which is for the windows that matter most. */
  private static final class Kept {

    private final List<Moment> moments = new ArrayList<>();
    private final List<ReplayWindow> first;
    private int leftOut;

    Kept(List<ReplayWindow> first) {
      this.first = first;
    }

    void take(Moment moment) {
      int limit =
          first.isEmpty() || isIn(moment.atMs(), first)
              ? MAX_MOMENTS
              : MAX_MOMENTS - RESERVED_MOMENTS;
      if (moments.size() < limit) {
        moments.add(moment);
      } else {
        leftOut++;
      }
    }
  }

  /**
   * All of the windows with what led to them, in the order of the recording. Where that is too
   * much: the first windows, what led to them, then the others.
   */
  private static List<ChunkView> worthReading(
      List<ChunkView> chunks, Instant zero, List<ReplayWindow> windows, List<ReplayWindow> first) {
    List<ChunkView> withLead = Lead.of(chunks, chunk -> overlaps(chunk, zero, windows));
    if (withLead.size() <= MAX_CHUNKS) {
      return withLead;
    }
    Set<ChunkView> chosen = new LinkedHashSet<>(overlapping(chunks, zero, first));
    chosen.addAll(Lead.of(chunks, chunk -> overlaps(chunk, zero, first)));
    chosen.addAll(overlapping(chunks, zero, windows));
    Set<ChunkView> fitting = chosen.stream().limit(MAX_CHUNKS).collect(Collectors.toSet());
    return chunks.stream().filter(fitting::contains).toList();
  }

  private static List<ChunkView> overlapping(
      List<ChunkView> chunks, Instant zero, List<ReplayWindow> windows) {
    return chunks.stream().filter(chunk -> overlaps(chunk, zero, windows)).toList();
  }

  private static List<Stretch> stretches(List<ChunkView> read, Instant zero) {
    Map<Integer, Stretch> byLast = new LinkedHashMap<>();
    for (ChunkView chunk : read) {
      Stretch own =
          new Stretch(
              new ChunkNumber(chunk.seq()).slot(),
              offset(zero, chunk.firstEventAt()),
              offset(zero, chunk.lastEventAt()));
      Stretch before = byLast.remove(chunk.seq() - 1);
      byLast.put(
          chunk.seq(), before == null || before.window() != own.window() ? own : before.and(own));
    }
    return List.copyOf(byLast.values());
  }

  /**
   * @return false when it was erased meanwhile
   */
  private boolean read(SessionView session, ChunkView chunk, MomentReader reader) {
    Optional<byte[]> zstd =
        timeline.zstd(session.projectId(), session.recordedAs(), new ChunkNumber(chunk.seq()));
    if (zstd.isEmpty()) {
      return false;
    }
    try (InputStream json = codec.json(zstd.get())) {
      reader.read(json, chunk.seq());
      return true;
    } catch (IOException e) {
      throw new UnreadableRecording("the stored events cannot be read", e);
    }
  }

  private static boolean overlaps(ChunkView chunk, Instant zero, List<ReplayWindow> windows) {
    long from = offset(zero, chunk.firstEventAt());
    long to = offset(zero, chunk.lastEventAt());
    return windows.stream().anyMatch(window -> from <= window.endMs() && to >= window.startMs());
  }

  private static long offset(Instant zero, Instant at) {
    return Math.max(0, Duration.between(zero, at).toMillis());
  }

  private static boolean isIn(long atMs, List<ReplayWindow> windows) {
    for (ReplayWindow window : windows) {
      if (atMs >= window.startMs() && atMs <= window.endMs()) {
        return true;
      }
    }
    return false;
  }
}
