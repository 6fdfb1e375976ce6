package dev.retrospec.snapshots;

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

/** Snapshots belong to no session; they have a retention of their own. Objects go before rows. */
@ApplicationScoped
public class SnapshotData implements ExpiringData {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotData.class);

  private static final int BATCH = 50;

  private final Snapshots snapshots;
  private final ArtifactStore store;
  private final SnapshotConfig config;
  private final Clock clock;

  @Inject
  public SnapshotData(
      Snapshots snapshots, ArtifactStore store, SnapshotConfig config, Clock clock) {
    this.snapshots = snapshots;
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected SnapshotData() {
    this(null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant sessionsBefore) {
    Instant before = clock.instant().minus(config.retention());
    int deleted = 0;
    try {
      List<SnapshotView> expired = snapshots.expired(before, BATCH);
      while (!expired.isEmpty()) {
        deleted += delete(expired);
        expired = snapshots.expired(before, BATCH);
      }
    } catch (ArtifactStoreUnavailable e) {
      LOG.warn("Expired snapshots stay for the next cleanup: {}", e.getMessage());
      return Deleted.artifactObjects(deleted, 1);
    }
    return Deleted.artifactObjects(deleted, 0);
  }

  /** Every object that it may have, since one that failed half-way has no row that tells. */
  private int delete(List<SnapshotView> expired) {
    int deleted = 0;
    for (SnapshotView snapshot : expired) {
      for (SnapshotArtifact artifact : SnapshotArtifact.values()) {
        store.delete(SnapshotObjects.key(snapshot.projectId(), snapshot.id(), artifact));
      }
      deleted += snapshot.objects().size();
    }
    snapshots.delete(expired.stream().map(SnapshotView::id).toList());
    return deleted;
  }
}
