package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps belong to no session and hold no person's data. They go when nobody has visited their
 * release, and no error was seen of them, for as long as is set; so do known stacks.
 */
@ApplicationScoped
public class SourceMapData implements ExpiringData {

  private static final Logger LOG = LoggerFactory.getLogger(SourceMapData.class);

  private static final int BATCH = 200;

  private final SourceMapRows rows;
  private final OriginalStacks stacks;
  private final ArtifactStore store;
  private final SourceMapConfig config;
  private final Clock clock;

  @Inject
  SourceMapData(
      SourceMapRows rows,
      OriginalStacks stacks,
      ArtifactStore store,
      SourceMapConfig config,
      Clock clock) {
    this.rows = rows;
    this.stacks = stacks;
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMapData() {
    this(null, null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** Rows first: from then on nobody counts on the object, and the sweep of orphans knows it. */
  @Override
  public Deleted sweep(Instant sessionsBefore) {
    Instant before = clock.instant().minus(config.retention());
    stacks.deleteUnseen(before);
    Deleted deleted = Deleted.NOTHING;
    List<ArtifactKey> keys;
    do {
      keys = rows.deleteUnseen(before, BATCH);
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
      LOG.warn("Expired source maps are left to the sweep of orphans: {}", e.getMessage());
    }
    return Deleted.artifactObjects(deleted, keys.size() - deleted);
  }
}
