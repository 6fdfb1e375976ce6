package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes back that two clusters are one, whether a machine had found them alike or somebody had
 * merged them: the markers go back to the cluster of their fingerprint, and the two are never
 * joined by their likeness again. From then on what comes in goes to the part. A small part is
 * moved at once; of a large one the beginning, and {@link TransferSlices} move the rest.
 */
@ApplicationScoped
public class IssueSeparation {

  private final ClusterCounts counts;
  private final ClusterDecisions decisions;
  private final ClusterAliases aliases;
  private final ClusterConstraints constraints;
  private final ClusterLegacies legacies;
  private final MovesUnderWay moves;
  private final MarkerTransfers transfers;
  private final TransferSlices slices;
  private final IssueQueries queries;

  @Inject
  public IssueSeparation(
      ClusterCounts counts,
      ClusterDecisions decisions,
      ClusterAliases aliases,
      ClusterConstraints constraints,
      ClusterLegacies legacies,
      MovesUnderWay moves,
      MarkerTransfers transfers,
      TransferSlices slices,
      IssueQueries queries) {
    this.counts = counts;
    this.decisions = decisions;
    this.aliases = aliases;
    this.constraints = constraints;
    this.legacies = legacies;
    this.moves = moves;
    this.transfers = transfers;
    this.slices = slices;
    this.queries = queries;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueSeparation() {
    this(null, null, null, null, null, null, null, null, null);
  }

  /**
   * What was separated.
   *
   * @param separatedClusterKey the cluster that stands for itself again
   * @param movedMarkerCount so far; markers from before fingerprints were kept stay where they are
   */
  public record Result(
      ClusterKey clusterKey,
      ClusterKey separatedClusterKey,
      TransferState state,
      long movedMarkerCount,
      IssueView cluster,
      IssueView separatedCluster) {}

  /**
   * Separates, or goes on with what had stopped.
   *
   * @param part a key that leads to the cluster
   * @throws NotFound when the project has no such cluster, or the key does not lead to it
   * @throws InvalidRequest when the key is an older name of the same failure, nothing of the part
   *     can be told from the rest, this is under way, or what moves just now would overrun it
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
    Optional<MarkerTransfer> begun =
        transfers.of(project, part).stream()
            .filter(one -> !one.merge() && one.to().equals(part))
            .findFirst();
    if (begun.isPresent()) {
      ClusterKey source = decisions.current(project, begun.get().from());
      if (!source.equals(decisions.current(project, part))) {
        return goOn(project, source, begun.get());
      }
      transfers.forget(project, begun.get()); // because they have been merged again
    }
    ClusterAlias alias =
        aliases.of(project, from).stream()
            .filter(one -> one.key().equals(part))
            .findFirst()
            .orElseThrow(() -> new NotFound("A part of this issue with this key"));
    if (alias.kind() == AliasKind.REGROUP) {
      throw new InvalidRequest("this key is an older name of the issue, not another failure");
    }
    moves.requireNoRegroup(project);
    moves.requireAllIn(project, from, part);
    Set<ClusterKey> freed = aliases.detach(project, part, from);
    legacies.copy(project, from, part);
    constraints.say(project, Set.of(part), from, ConstraintKind.CANNOT_LINK, note, by);
    TransferSlices.First first = slices.begin(project, from, part, freed, by);
    if (first.moved() == 0 && !first.more()) {
      throw new InvalidRequest("no marker of the issue is known to be of this part");
    }
    counts.span(project, Set.of(part));
    counts.represent(project, Set.of(part));
    legacies.inheritSplit(project, from, part);
    if (!first.more()) {
      counts.span(project, Set.of(from));
    }
    TransferState state = first.more() ? TransferState.MOVING : TransferState.DONE;
    return result(project, from, part, state, first.moved());
  }

  private Result goOn(ProjectId project, ClusterKey source, MarkerTransfer begun) {
    if (begun.failure() == null) {
      throw new InvalidRequest("this part is being taken out already");
    }
    slices.again(project, begun.to());
    return result(project, source, begun.to(), TransferState.MOVING, begun.markersMoved());
  }

  private Result result(
      ProjectId project, ClusterKey from, ClusterKey part, TransferState state, long moved) {
    return new Result(
        from,
        part,
        state,
        moved,
        queries.cluster(project, from).orElseThrow(() -> new NotFound("Issue")),
        queries
            .cluster(project, decisions.current(project, part))
            .orElseThrow(() -> new NotFound("Issue")));
  }
}
