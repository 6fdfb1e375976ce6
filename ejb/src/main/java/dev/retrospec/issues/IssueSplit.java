package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes some sessions out of a cluster and gives them one of their own, for good: what these
 * sessions still report goes there as well. Other sessions with the same fingerprint stay where
 * they were.
 */
@ApplicationScoped
public class IssueSplit {

  /** As many as a page of sessions shows at most. */
  public static final int MAX_SESSIONS = 200;

  private final ClusterCounts counts;
  private final MovesUnderWay underWay;
  private final ClusterMoves moves;
  private final ClusterLegacies legacies;
  private final ClusterDecisions decisions;
  private final ClusterConstraints constraints;
  private final IssueQueries queries;

  @Inject
  public IssueSplit(
      ClusterCounts counts,
      MovesUnderWay underWay,
      ClusterMoves moves,
      ClusterLegacies legacies,
      ClusterDecisions decisions,
      ClusterConstraints constraints,
      IssueQueries queries) {
    this.counts = counts;
    this.underWay = underWay;
    this.moves = moves;
    this.legacies = legacies;
    this.decisions = decisions;
    this.constraints = constraints;
    this.queries = queries;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueSplit() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * A wish to split.
   *
   * @param sessionIds 1 to {@link #MAX_SESSIONS}, but not all of the cluster's
   * @param newClusterKey null: the server makes one
   */
  public record Request(
      List<SessionId> sessionIds, @Nullable ClusterKey newClusterKey, @Nullable String note) {

    public Request {
      sessionIds = List.copyOf(sessionIds);
      if (sessionIds.isEmpty() || sessionIds.size() > MAX_SESSIONS) {
        throw new InvalidRequest("sessionIds must hold 1 to " + MAX_SESSIONS + " ids");
      }
    }
  }

  /** What was split, in the contract's shape. */
  public record Result(
      ClusterKey sourceClusterKey,
      ClusterKey newClusterKey,
      List<SessionId> sessionIds,
      int movedMarkerCount,
      IssueView sourceCluster,
      IssueView newCluster) {}

  /**
   * Splits.
   *
   * @throws NotFound when the project has no such cluster, or the cluster not all these sessions
   * @throws InvalidRequest when nothing would be left, the new key is in use, or another issue is
   *     on its way into this one
   */
  @Transactional
  public Result split(ProjectId project, ClusterKey key, Request request) {
    counts.lock();
    ClusterKey source = decisions.current(project, key);
    if (!decisions.exists(project, source)) {
      throw new NotFound("Issue");
    }
    underWay.requireAllIn(project, source, null);
    Set<SessionId> sessions = new HashSet<>(request.sessionIds());
    ClusterLegacies.Holding holding = legacies.holding(project, source, sessions);
    if (!holding.allOfThem()) {
      throw new NotFound("A session of this issue");
    }
    if (!holding.others()) {
      throw new InvalidRequest("at least one session must stay in the issue");
    }
    ClusterKey target = request.newClusterKey() == null ? mint() : request.newClusterKey();
    if (decisions.exists(project, target) || !decisions.current(project, target).equals(target)) {
      throw new InvalidRequest("newClusterKey is in use");
    }
    legacies.copy(project, source, target);
    decisions.pin(project, source, sessions, target, request.note());
    constraints.say(
        project, Set.of(target), source, ConstraintKind.CANNOT_LINK, request.note(), null);
    int moved = moves.move(project, Set.of(source), target, sessions);
    legacies.inheritSplit(project, source, target);
    return new Result(
        source,
        target,
        request.sessionIds(),
        moved,
        queries.cluster(project, source).orElseThrow(() -> new NotFound("Issue")),
        queries.cluster(project, target).orElseThrow(() -> new NotFound("Issue")));
  }

  private static ClusterKey mint() {
    return new ClusterKey("split-" + UUID.randomUUID().toString().replace("-", ""));
  }
}
