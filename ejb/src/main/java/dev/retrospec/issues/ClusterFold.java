package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;

/**
 * Adds the deltas of {@link MarkerIntake} up in the clusters' rows, once a second. One node at a
 * time: whoever comes second finds little to do.
 */
@ApplicationScoped
public class ClusterFold {

  private final ClusterCounts counts;
  private final ClusterMoves moves;

  @Inject
  public ClusterFold(ClusterCounts counts, ClusterMoves moves) {
    this.counts = counts;
    this.moves = moves;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterFold() {
    this(null, null);
  }

  /**
   * Folds what has been committed.
   *
   * @return the clusters whose counts have changed; empty when somebody else is at it for long
   */
  @Transactional
  public Map<ProjectId, Set<ClusterKey>> fold() {
    if (!counts.lockSoon()) {
      return Map.of();
    }
    moves.bringHomeStragglers();
    return counts.fold();
  }
}
