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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  private final Assets assets;
  private final ArtifactStore store;

  @Inject
  public AssetData(Assets assets, ArtifactStore store) {
    this.assets = assets;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AssetData() {
    this(null, null);
  }

  /** A new one for each time, because a sweep may be deleting the last one's object. */
  public static ArtifactKey key(ProjectId project, ContentHash hash) {
    return ArtifactKey.of(PREFIX + project.value(), hash.hex() + "-" + UUID.randomUUID());
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    assets.deleteUses(project, sessions);
    return Deleted.NOTHING;
  }

  /** Rows first: from then on nobody counts on the object, and the sweep of orphans knows it. */
  @Override
  public Deleted sweep(Instant before) {
    assets.deleteStrayUses(before);
    int deleted = 0;
    List<ArtifactKey> unused;
    do {
      unused = assets.deleteUnused(before, BATCH);
      try {
        unused.forEach(store::delete);
        deleted += unused.size();
      } catch (ArtifactStoreUnavailable e) {
        LOG.warn("Unused assets are left to the sweep of orphans: {}", e.getMessage());
        return Deleted.artifactObjects(deleted, unused.size());
      }
    } while (!unused.isEmpty());
    return Deleted.artifactObjects(deleted, 0);
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return assets.known(keys);
  }
}
