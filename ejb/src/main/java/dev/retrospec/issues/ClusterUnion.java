package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.ProductionLinks;
import dev.retrospec.signatures.Similarity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Makes one cluster part of another, with all that it holds and all that was said of it, and leaves
 * an alias by which its key leads there. All methods take part in the caller's transaction and need
 * the lock of {@link ClusterCounts}.
 */
@ApplicationScoped
public class ClusterUnion {

  private final ClusterDecisions decisions;
  private final ClusterMoves moves;
  private final ClusterLegacies legacies;
  private final ClusterHeirs heirs;
  private final ClusterConstraints constraints;
  private final ProductionLinks tests;
  private final Event<ClustersJoined> joined;

  @Inject
  public ClusterUnion(
      ClusterDecisions decisions,
      ClusterMoves moves,
      ClusterLegacies legacies,
      ClusterHeirs heirs,
      ClusterConstraints constraints,
      ProductionLinks tests,
      Event<ClustersJoined> joined) {
    this.decisions = decisions;
    this.moves = moves;
    this.legacies = legacies;
    this.heirs = heirs;
    this.constraints = constraints;
    this.tests = tests;
    this.joined = joined;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterUnion() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * The target stays what it is: its name, state and assignee count.
   *
   * @return how many markers moved
   */
  int unite(ProjectId project, Set<ClusterKey> sources, ClusterKey target, AliasOrigin origin) {
    decisions.alias(project, sources, target, origin);
    int moved = moves.move(project, sources, target, null);
    legacies.inheritMerged(project, sources, target);
    finish(project, sources, target, origin);
    return moved;
  }

  /**
   * The same of one that is too large to be moved at once: it leads to the target and is no issue
   * any more; its markers follow, and then {@link #end}.
   */
  void begin(ProjectId project, ClusterKey source, ClusterKey target, AliasOrigin origin) {
    Set<ClusterKey> sources = Set.of(source);
    decisions.alias(project, sources, target, origin);
    legacies.inheritMerged(project, sources, target);
    legacies.demote(project, source);
    tell(project, sources, target, origin);
  }

  /** When nothing is left of the source. */
  void end(ProjectId project, ClusterKey source, ClusterKey target) {
    Set<ClusterKey> sources = Set.of(source);
    legacies.inheritMerged(project, sources, target);
    moves.remove(project, sources);
    legacies.touch(project, target);
  }

  /**
   * The target is what the source was, under a new key: it gets the source's name, state and
   * assignee, unless somebody has triaged it, or it was there before and the source does not lead.
   *
   * @param leads whether most of what the target is came from the source
   * @return how many markers moved
   */
  int succeed(ProjectId project, ClusterKey source, ClusterKey target, boolean leads) {
    Set<ClusterKey> sources = Set.of(source);
    decisions.alias(project, sources, target, AliasOrigin.regroup());
    int moved = moves.move(project, sources, target, null);
    legacies.inheritMerged(project, sources, target);
    heirs.inheritRow(project, source, target, leads);
    constraints.carry(project, source, target);
    finish(project, sources, target, AliasOrigin.regroup());
    return moved;
  }

  private void finish(
      ProjectId project, Set<ClusterKey> sources, ClusterKey target, AliasOrigin origin) {
    moves.remove(project, sources);
    tell(project, sources, target, origin);
  }

  private void tell(
      ProjectId project, Set<ClusterKey> sources, ClusterKey target, AliasOrigin origin) {
    tests.merged(project, sources, target);
    // Together they may have repeated often enough to be an issue.
    legacies.touch(project, target);
    Similarity likeness = origin.likeness();
    joined.fire(
        new ClustersJoined(
            project, sources, target, origin.kind(), likeness == null ? null : likeness.score()));
  }
}
