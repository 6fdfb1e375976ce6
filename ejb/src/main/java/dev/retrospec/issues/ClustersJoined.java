package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clusters have become part of another one; said within the transaction that did it.
 *
 * @param score how alike they are, 0 to 1; null unless that was the reason
 */
public record ClustersJoined(
    ProjectId projectId,
    Set<ClusterKey> sources,
    ClusterKey target,
    AliasKind kind,
    @Nullable Double score) {

  public ClustersJoined {
    sources = Set.copyOf(sources);
  }
}
