package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import java.util.Set;

/** Failures were seen for the first time; fired in the transaction that has made their clusters. */
public record ClustersFound(ProjectId projectId, Set<ClusterKey> keys) {

  public ClustersFound {
    keys = Set.copyOf(keys);
  }
}
