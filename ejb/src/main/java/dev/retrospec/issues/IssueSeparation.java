package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes back that two clusters are one, whether a machine had found them alike or somebody had
 * merged them: the markers go back to the cluster of their fingerprint, and the two are never
 * joined by their likeness again.
 */
@ApplicationScoped
public class IssueSeparation {

  /** Some megabytes of markers at a time. */
  private static final int SLICE = 1_000;

  private final ClusterCounts counts;
  private final ClusterDecisions decisions;
  private final ClusterAliases aliases;
  private final ClusterConstraints constraints;
  private final ClusterLegacies legacies;
  private final StoredMarkers markers;
  private final MarkerMoves moves;
  private final IssueQueries queries;

  @Inject
  public IssueSeparation(
      ClusterCounts counts,
      ClusterDecisions decisions,
      ClusterAliases aliases,
      ClusterConstraints constraints,
      ClusterLegacies legacies,
      StoredMarkers markers,
      MarkerMoves moves,
      IssueQueries queries) {
    this.counts = counts;
    this.decisions = decisions;
    this.aliases = aliases;
    this.constraints = constraints;
    this.legacies = legacies;
    this.markers = markers;
    this.moves = moves;
    this.queries = queries;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueSeparation() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * What was separated.
   *
   * @param separatedClusterKey the cluster that stands for itself again
   * @param movedMarkerCount markers from before fingerprints were kept stay where they are
   */
  public record Result(
      ClusterKey clusterKey,
      ClusterKey separatedClusterKey,
      int movedMarkerCount,
      IssueView cluster,
      IssueView separatedCluster) {}

  /**
   * Separates.
   *
   * @param part a key that leads to the cluster
   * @throws NotFound when the project has no such cluster, or the key does not lead to it
   * @throws InvalidRequest when the key is an older name of the same failure, or nothing of the
   *     part can be told from the rest
   */
  @Transactional
  public Result separate(
      ProjectId project,
      ClusterKey cluster,
      ClusterKey part,
      @Nullable String note,
      @Nullable String by) {
    counts.lock();
    ClusterKey from = decisions.current(project, cluster);
    ClusterAlias alias =
        aliases.of(project, from).stream()
            .filter(one -> one.key().equals(part))
            .findFirst()
            .orElseThrow(() -> new NotFound("A part of this issue with this key"));
    if (alias.kind() == AliasKind.REGROUP) {
      throw new InvalidRequest("this key is an older name of the issue, not another failure");
    }
    Set<ClusterKey> freed = aliases.detach(project, part, from);
    legacies.copy(project, from, part);
    constraints.say(project, Set.of(part), from, ConstraintKind.CANNOT_LINK, note, by);
    int moved = 0;
    List<StoredMarker> slice = markers.grouped(project, from, freed, null, SLICE);
    while (!slice.isEmpty()) {
      moved +=
          moves.move(
              project,
              slice.stream()
                  .map(
                      one ->
                          new MarkerMoves.Move(
                              one.session(), one.marker(), one.fingerprint(), from, part))
                  .toList());
      StoredMarker last = slice.get(slice.size() - 1);
      slice = markers.grouped(project, from, freed, last, SLICE);
    }
    if (moved == 0) {
      throw new InvalidRequest("no marker of the issue is known to be of this part");
    }
    counts.recount(project, Set.of(from, part));
    legacies.inheritSplit(project, from, part);
    legacies.touch(project, from);
    return new Result(
        from,
        part,
        moved,
        queries.cluster(project, from).orElseThrow(() -> new NotFound("Issue")),
        queries.cluster(project, part).orElseThrow(() -> new NotFound("Issue")));
  }
}
