package dev.retrospec.workers.render;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.assets.StoredAsset;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.ChunkView;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.TimeZero;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Lays a recording down as the files that the render program shows. */
@ApplicationScoped
public class RecordingFiles {

  /** A page holds it several times over. */
  static final long MAX_EVENTS_BYTES = 96L << 20;

  /** What is beyond is not shown. */
  static final long MAX_ASSETS_BYTES = 64L << 20;

  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 800;

  private final RecordingTimeline timeline;
  private final ChunkCodec codec;
  private final Assets assets;
  private final ArtifactStore store;

  @Inject
  public RecordingFiles(
      RecordingTimeline timeline, ChunkCodec codec, Assets assets, ArtifactStore store) {
    this.timeline = timeline;
    this.codec = codec;
    this.assets = assets;
    this.store = store;
  }

  /** For the container's proxy. */
  protected RecordingFiles() {
    this(null, null, null, null);
  }

  /** Pixels of the visitor's window. */
  record Size(int width, int height) {}

  /** A content that the recording names, and that stands in {@code assets}. */
  record Content(String url, String sha256, String mediaType) {}

  /**
   * What the program is told of the recording; as in {@code sdk/render/command.ts}.
   *
   * @param startedAt epoch milliseconds of session time 0
   */
  record Recording(long startedAt, Size viewport, List<Content> assets) {}

  /** How long the session is: what it says itself, or up to its last event. */
  long lengthMs(SessionView session) {
    List<ChunkView> chunks = timeline.chunks(session.projectId(), session.recordedAs());
    Instant zero = zero(session, chunks);
    return chunks.stream()
        .mapToLong(chunk -> Duration.between(zero, chunk.lastEventAt()).toMillis())
        .reduce(session.durationMs(), Math::max);
  }

  /**
   * Writes {@code events.json} and {@code assets}.
   *
   * @param wanted the piece that will be shown
   * @param momentMs what matters in it
   * @throws NothingToShow when there is no picture, or too much
   */
  Recording write(Path folder, SessionView session, ReplayWindow wanted, long momentMs)
      throws IOException {
    ProjectId project = session.projectId();
    List<ChunkView> chunks = timeline.chunks(project, session.recordedAs());
    Instant zero = zero(session, chunks);
    Iterator<byte[]> needed =
        WindowTrack.of(chunks, zero, wanted, momentMs).stream()
            .map(chunk -> new ChunkNumber(chunk.seq()))
            .map(number -> timeline.zstd(project, session.recordedAs(), number))
            .flatMap(Optional::stream)
            .iterator();
    try (InputStream events = codec.joined(needed)) {
      if (copy(events, folder.resolve("events.json"), MAX_EVENTS_BYTES) > MAX_EVENTS_BYTES) {
        throw new NothingToShow("The recording is too large to be made a video of");
      }
    }
    Integer width = session.viewportWidth();
    Integer height = session.viewportHeight();
    return new Recording(
        zero.toEpochMilli(),
        width == null || height == null ? new Size(WIDTH, HEIGHT) : new Size(width, height),
        contents(folder, project, session.id(), MAX_ASSETS_BYTES));
  }

  /**
   * @param room bytes that all of them may have; what does not fit whole is left out
   */
  List<Content> contents(Path folder, ProjectId project, SessionId session, long room)
      throws IOException {
    Path place = Files.createDirectory(folder.resolve("assets"));
    List<Content> contents = new ArrayList<>();
    long left = room;
    for (AssetUse use : assets.of(project, session)) {
      Optional<StoredAsset> kept = assets.find(project, session, use.sha256());
      Path file = place.resolve(use.sha256().hex());
      if (kept.isEmpty() || (!Files.exists(file) && left <= 0)) {
        continue;
      }
      if (!Files.exists(file)) {
        Optional<ArtifactContent> content = store.open(kept.get().key());
        if (content.isEmpty()) {
          continue;
        }
        long written;
        try (InputStream bytes = content.get().stream()) {
          written = copy(bytes, file, left);
        }
        if (written > left) {
          Files.delete(file); // half a picture is a broken one
          continue;
        }
        left -= written;
      }
      contents.add(new Content(use.url(), use.sha256().hex(), kept.get().mediaType()));
    }
    return contents;
  }

  private static Instant zero(SessionView session, List<ChunkView> chunks) {
    return TimeZero.of(
        session.startedAt(),
        Duration.ofMillis(session.durationMs()),
        chunks.stream().map(ChunkView::firstEventAt).toList());
  }

  /** Ends soon after so many bytes; returns how many it wrote. */
  private static long copy(InputStream from, Path to, long maxBytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[64 * 1024];
      long written = 0;
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        out.write(buffer, 0, read);
        written += read;
        if (written > maxBytes) {
          break;
        }
      }
      return written;
    }
  }
}
