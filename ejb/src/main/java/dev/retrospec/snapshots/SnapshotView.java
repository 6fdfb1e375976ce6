package dev.retrospec.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it stands.
 *
 * @param url as asked for while it is pending, scrubbed once it is not
 * @param failureCode only when it failed
 * @param failure the same in words that may be shown
 * @param userAgent of the browser that took it; only when it is ready
 * @param objects what there is to see; a snapshot that is ready has a screenshot at least
 */
public record SnapshotView(
    ProjectId projectId,
    SnapshotId id,
    TestRunId testRunId,
    String url,
    Viewport viewport,
    SnapshotStatus status,
    @Nullable SnapshotFailure failureCode,
    @Nullable String failure,
    @Nullable String userAgent,
    Map<SnapshotArtifact, StoredObject> objects,
    Instant createdAt,
    @Nullable Instant takenAt) {

  public SnapshotView {
    objects = Map.copyOf(objects);
  }

  public boolean isReady() {
    return status == SnapshotStatus.READY;
  }
}
