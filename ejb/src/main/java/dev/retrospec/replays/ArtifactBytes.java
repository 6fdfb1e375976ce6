package dev.retrospec.replays;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.SealedObjects;
import dev.retrospec.sessions.SessionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of artifacts for who may see them, sealed in the store or not. */
@ApplicationScoped
public class ArtifactBytes {

  private final ArtifactStore store;
  private final SealedObjects sealed;
  private final SessionQueries sessions;

  @Inject
  public ArtifactBytes(ArtifactStore store, SealedObjects sealed, SessionQueries sessions) {
    this.store = store;
    this.sealed = sealed;
    this.sessions = sessions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ArtifactBytes() {
    this(null, null, null);
  }

  /** How many there are; empty when there is no object. */
  public Optional<Long> size(ArtifactKey key) {
    return store
        .info(key)
        .map(
            info ->
                SealedObjects.isSealed(key)
                    ? SealedObjects.plainBytes(info.sizeBytes())
                    : info.sizeBytes());
  }

  /**
   * @param range null for all of them
   * @return empty when there is no object, or the session's key is gone
   */
  public Optional<ArtifactContent> open(
      ProjectId project, SessionId session, ArtifactKey key, @Nullable ByteRange range) {
    if (SealedObjects.isSealed(key)) {
      return sessions
          .find(project, session)
          .flatMap(found -> sealed.open(project, found.recordedAs(), key, range));
    }
    return range == null ? store.open(key) : store.open(key, range);
  }
}
