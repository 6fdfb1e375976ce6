package dev.retrospec.snapshots;

import static java.util.stream.Collectors.toSet;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.OwnedObjects;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Where the objects of snapshots stand: {@code snapshots/<project>/<snapshot>/<file>}. */
@ApplicationScoped
public class SnapshotObjects implements OwnedObjects {

  private static final String PREFIX = "snapshots/";

  private final Snapshots snapshots;

  @Inject
  public SnapshotObjects(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /** For the container's proxy. */
  protected SnapshotObjects() {
    this(null);
  }

  /** The same for the same artifact: taking it again replaces it and leaves nothing behind. */
  public static ArtifactKey key(ProjectId project, SnapshotId id, SnapshotArtifact artifact) {
    return new ArtifactKey(PREFIX + project + "/" + id + "/" + artifact.fileName());
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    Set<SnapshotId> ids =
        snapshots.known(keys.stream().flatMap(key -> snapshot(key).stream()).collect(toSet()));
    return keys.stream()
        .filter(key -> snapshot(key).filter(ids::contains).isPresent())
        .collect(toSet());
  }

  private static Optional<SnapshotId> snapshot(ArtifactKey key) {
    String[] segments = key.value().split("/");
    try {
      return segments.length == 4 ? Optional.of(new SnapshotId(segments[2])) : Optional.empty();
    } catch (InvalidId notOurs) {
      return Optional.empty();
    }
  }
}
