package dev.retrospec.assets;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.artifacts.OwnedObjects;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import dev.retrospec.retention.ObjectDeletion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's word that it showed something goes with the session; a content goes when no session
 * shows it any more.
 */
@ApplicationScoped
public class AssetData implements ExpiringData, OwnedObjects {

  private static final Logger LOG = LoggerFactory.getLogger(AssetData.class);

  private static final String PREFIX = "assets/";

  private static final int BATCH = 200;

  /** A recorder tells what a page showed some seconds before or after its first chunk. */
  private static final Duration CHUNK_COMES = Duration.ofDays(1);

  /** Nobody's replay needs it, and the next visitor brings it again; a stranger's makes room. */
  private static final Duration UNUSED = Duration.ofDays(2);

  private final Assets assets;
  private final AssetContents contents;
  private final ArtifactStore store;
  private final Clock clock;

  @Inject
  public AssetData(Assets assets, AssetContents contents, ArtifactStore store, Clock clock) {
    this.assets = assets;
    this.contents = contents;
    this.store = store;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AssetData() {
    this(null, null, null, null);
  }

  /** A new one for each time, because a sweep may be deleting the last one's object. */
  public static ArtifactKey key(ProjectId project, ContentHash hash) {
    return ArtifactKey.of(PREFIX + project.value(), hash.hex() + "-" + UUID.randomUUID());
  }

  /** What nobody else showed may show whose session it was. */
  @Override
  public ObjectDeletion deleteObjects(ProjectId project, Set<SessionId> sessions) {
    return new ObjectDeletion(delete(contents.deleteOf(project, sessions)), Set.of());
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    assets.deleteUses(project, sessions);
    return Deleted.NOTHING;
  }

  /** Rows first: from then on nobody counts on the object, and the sweep of orphans knows it. */
  @Override
  public Deleted sweep(Instant before) {
    assets.deleteStrayUses(clock.instant().minus(CHUNK_COMES));
    Instant unused = clock.instant().minus(UNUSED);
    Instant seen = unused.isAfter(before) ? unused : before;
    Deleted deleted = Deleted.NOTHING;
    List<ArtifactKey> keys;
    do {
      keys = contents.deleteUnused(seen, BATCH);
      deleted = deleted.plus(delete(keys));
    } while (!keys.isEmpty());
    return deleted;
  }

  private Deleted delete(List<ArtifactKey> keys) {
    int deleted = 0;
    try {
      for (ArtifactKey key : keys) {
        store.delete(key);
        deleted++;
      }
    } catch (ArtifactStoreUnavailable e) {
      LOG.warn("Unused assets are left to the sweep of orphans: {}", e.getMessage());
    }
    return Deleted.artifactObjects(deleted, keys.size() - deleted);
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return contents.known(keys);
  }
}
