package dev.retrospec.replays;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import dev.retrospec.retention.ObjectDeletion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artifacts go with their session, their objects first. */
@ApplicationScoped
public class ReplayData implements ExpiringData {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayData.class);

  private final Artifacts artifacts;
  private final ArtifactStore store;

  @Inject
  public ReplayData(Artifacts artifacts, ArtifactStore store) {
    this.artifacts = artifacts;
    this.store = store;
  }

  /** For the container's proxy. */
  protected ReplayData() {
    this(null, null);
  }

  @Override
  public ObjectDeletion deleteObjects(ProjectId project, Set<SessionId> sessions) {
    int deleted = 0;
    int failed = 0;
    Set<SessionId> remaining = new HashSet<>();
    for (ArtifactView artifact : artifacts.withObjects(project, sessions)) {
      if (!ArtifactObjects.owns(project, artifact.sessionId(), artifact.artifactKey())) {
        continue;
      }
      try {
        store.delete(new ArtifactKey(artifact.artifactKey()));
        deleted++;
      } catch (ArtifactStoreUnavailable e) {
        LOG.warn(
            "An artifact of an expired session stays for the next cleanup: {}", e.getMessage());
        failed++;
        remaining.add(artifact.sessionId());
      }
    }
    return new ObjectDeletion(Deleted.artifactObjects(deleted, failed), remaining);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    artifacts.delete(project, sessions);
    return Deleted.NOTHING;
  }
}
