package dev.retrospec.artifacts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes objects that no row knows: what a crash left between an object and its row. Only below
 * the prefixes of {@link OwnedObjects}, and only objects that are older than any writer's way from
 * one to the other. Safe on several nodes.
 */
@ApplicationScoped
public class OrphanSweep {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  /** A writer needs minutes; the rest is for clocks that differ. */
  static final Duration SAFE_AGE = Duration.ofHours(6);

  private static final int BATCH = 500;

  private final ArtifactStore store;
  private final Iterable<OwnedObjects> owners;
  private final Clock clock;

  @Inject
  public OrphanSweep(ArtifactStore store, Instance<OwnedObjects> owners, Clock clock) {
    this(store, (Iterable<OwnedObjects>) owners, clock);
  }

  public OrphanSweep(ArtifactStore store, Iterable<OwnedObjects> owners, Clock clock) {
    this.store = store;
    this.owners = owners;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected OrphanSweep() {
    this(null, List.of(), null);
  }

  /**
   * Looks at every object of every owner.
   *
   * @return how many objects were deleted
   */
  public int run() {
    int deleted = 0;
    try {
      for (OwnedObjects owner : owners) {
        deleted += sweep(owner);
      }
    } catch (ArtifactStoreUnavailable e) {
      LOG.warn("Objects without a row are looked for when the object store answers", e);
    }
    if (deleted > 0) {
      LOG.info("{} objects without a row deleted", deleted);
    }
    return deleted;
  }

  private int sweep(OwnedObjects owner) {
    Instant before = clock.instant().minus(SAFE_AGE);
    Set<ArtifactKey> batch = new HashSet<>();
    int[] deleted = {0};
    store.list(
        owner.prefix(),
        info -> {
          if (info.lastModified().isBefore(before)) {
            batch.add(info.key());
          }
          if (batch.size() == BATCH) {
            deleted[0] += deleteUnknown(owner, batch);
          }
        });
    return deleted[0] + deleteUnknown(owner, batch);
  }

  private int deleteUnknown(OwnedObjects owner, Set<ArtifactKey> batch) {
    if (batch.isEmpty()) {
      return 0;
    }
    Set<ArtifactKey> unknown = new HashSet<>(batch);
    unknown.removeAll(owner.known(Set.copyOf(batch)));
    unknown.forEach(store::delete);
    batch.clear();
    return unknown.size();
  }
}
