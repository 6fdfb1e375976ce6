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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what happened in some windows of a session; loads only the chunks that overlap them. */
@ApplicationScoped
public class MarkerMoments {

  /** A page that changes in a loop must not fill the memory of two workers. */
  static final int MAX_MOMENTS = 5_000;

  /** Some minutes of recording at the SDK's pace: a session full of errors is read in part. */
  static final int MAX_CHUNKS = 60;

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

  /**
   * @throws dev.retrospec.artifacts.ArtifactStoreUnavailable when the chunks are in the store and
   *     it is away
   * @throws UnreadableRecording when they do not open
   */
  public Found in(SessionView session, List<ReplayWindow> windows) {
    List<ChunkView> chunks = timeline.chunks(session.projectId(), session.recordedAs());
    if (chunks.isEmpty()) {
      return Found.NOTHING;
    }
    Instant zero =
        TimeZero.of(
            session.startedAt(),
            Duration.ofMillis(session.durationMs()),
            chunks.stream().map(ChunkView::firstEventAt).toList());
    List<ChunkView> overlapping = worthReading(chunks, zero, windows);
    List<Moment> moments = new ArrayList<>();
    boolean[] complete = {overlapping.size() <= MAX_CHUNKS};
    MomentReader reader =
        new MomentReader(
            zero.toEpochMilli(),
            atMs -> isIn(atMs, windows),
            moment -> {
              if (moments.size() < MAX_MOMENTS) {
                moments.add(moment);
              } else {
                complete[0] = false;
              }
            });
    List<ChunkView> read =
        overlapping.stream()
            .limit(MAX_CHUNKS)
            // because a chunk of which moments were left out was not read
            .filter(chunk -> read(session, chunk, reader) && moments.size() < MAX_MOMENTS)
            .toList();
    moments.sort(Comparator.comparingLong(Moment::atMs));
    return new Found(true, moments, complete[0], stretches(read, zero));
  }

  /** Where not all can be read, the windows themselves come before what led to them. */
  private static List<ChunkView> worthReading(
      List<ChunkView> chunks, Instant zero, List<ReplayWindow> windows) {
    List<ChunkView> withLead = Lead.of(chunks, chunk -> overlaps(chunk, zero, windows));
    return withLead.size() <= MAX_CHUNKS
        ? withLead
        : chunks.stream().filter(chunk -> overlaps(chunk, zero, windows)).toList();
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
