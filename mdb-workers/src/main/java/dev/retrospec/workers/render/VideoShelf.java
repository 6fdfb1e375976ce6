package dev.retrospec.workers.render;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.SealedObjects;
import dev.retrospec.replays.ArtifactObjects;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderJobPayload;
import dev.retrospec.replays.rendering.RenderResults;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a video with its poster, sealed with the session's key; of a session that is erased
 * meanwhile it keeps nothing.
 */
@ApplicationScoped
public class VideoShelf {

  private static final Runnable NOTHING = () -> {};

  private final ArtifactStore store;
  private final SealedObjects sealed;
  private final RenderResults results;

  @Inject
  public VideoShelf(ArtifactStore store, SealedObjects sealed, RenderResults results) {
    this.store = store;
    this.sealed = sealed;
    this.results = results;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected VideoShelf() {
    this(null, null, null);
  }

  /** One file and what becomes of it. */
  private record Piece(
      String type, ArtifactKey key, Path file, String contentType, ReplayWindow shows) {}

  /**
   * Stores the files.
   *
   * @param heartbeat called before each, because a store may be slow
   * @return what is to be recorded then
   */
  Runnable keep(
      SessionView session,
      RenderJobPayload told,
      Scene scene,
      VideoMaker.Video video,
      Runnable heartbeat)
      throws IOException {
    List<Piece> pieces = pieces(session, told.target(), scene, video);
    for (Piece piece : pieces) {
      heartbeat.run();
      Path closed = piece.file().resolveSibling(piece.file().getFileName() + ".sealed");
      if (!isKept(session)
          || !sealed.seal(
              session.projectId(), session.recordedAs(), piece.key(), piece.file(), closed)) {
        return erased(pieces);
      }
      store.put(piece.key(), new FilePieces(closed), piece.contentType());
    }
    return isKept(session) ? () -> record(session, told, pieces) : erased(pieces);
  }

  private static List<Piece> pieces(
      SessionView session, RenderTarget target, Scene scene, VideoMaker.Video video) {
    ReplayWindow moment = new ReplayWindow(scene.posterAtMs(), scene.posterAtMs());
    List<Piece> pieces = new ArrayList<>();
    pieces.add(piece(session, target.poster(), ".webp", video.poster(), "image/webp", moment));
    if (video.mp4() != null) {
      pieces.add(piece(session, target.mp4(), ".mp4", video.mp4(), "video/mp4", scene.window()));
    }
    // The video last: who hears that it is ready finds the others, too.
    pieces.add(piece(session, target.video(), ".webm", video.webm(), "video/webm", scene.window()));
    return pieces;
  }

  private static Piece piece(
      SessionView session,
      String type,
      String ending,
      Path file,
      String contentType,
      ReplayWindow shows) {
    ArtifactKey key = ArtifactObjects.key(session.projectId(), session.id(), type + ending);
    return new Piece(type, SealedObjects.keyOf(key), file, contentType, shows);
  }

  private boolean isKept(SessionView session) {
    return results.areKeptOf(session.projectId(), session.id());
  }

  private Runnable erased(List<Piece> pieces) {
    delete(pieces);
    return NOTHING;
  }

  private void delete(List<Piece> pieces) {
    pieces.forEach(piece -> store.delete(piece.key()));
  }

  private void record(SessionView session, RenderJobPayload told, List<Piece> pieces) {
    try {
      for (Piece piece : pieces) {
        results.ready(
            session.projectId(),
            session.id(),
            piece.type(),
            piece.key().value(),
            told.triggerKind(),
            piece.shows());
      }
    } catch (NotFound e) {
      delete(pieces); // erased in this very moment
      throw e;
    }
    if (pieces.stream().noneMatch(piece -> piece.type().equals(told.target().mp4()))) {
      results.withoutMp4(session.projectId(), session.id(), told.target());
    }
  }
}
