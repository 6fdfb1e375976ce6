package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes several clusters one, for good: markers that come in later under a source's fingerprint go
 * to the target as well.
 */
@ApplicationScoped
public class IssueMerge {

  /** More than anybody selects by hand. */
  public static final int MAX_SOURCES = 100;

  /** Of all sources; more are moved in slices, these in one statement: half a second. */
  static final int AT_ONCE = 2_000;

  private final ClusterCounts counts;
  private final ClusterUnion union;
  private final TransferSlices slices;
  private final MovesUnderWay moves;
  private final ClusterDecisions decisions;
  private final ClusterConstraints constraints;
  private final IssueQueries queries;

  @Inject
  public IssueMerge(
      ClusterCounts counts,
      ClusterUnion union,
      TransferSlices slices,
      MovesUnderWay moves,
      ClusterDecisions decisions,
      ClusterConstraints constraints,
      IssueQueries queries) {
    this.counts = counts;
    this.union = union;
    this.slices = slices;
    this.moves = moves;
    this.decisions = decisions;
    this.constraints = constraints;
    this.queries = queries;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueMerge() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * A wish to merge.
   *
   * @param targetClusterKey keeps its name, state and assignee
   * @param sourceClusterKeys become part of it and disappear; 1 to {@link #MAX_SOURCES}
   * @param seenVersions of the target and all sources, as whoever decides saw them; empty: whatever
   *     they are now
   */
  public record Request(
      ClusterKey targetClusterKey,
      List<ClusterKey> sourceClusterKeys,
      @Nullable String note,
      @Nullable String createdBy,
      Map<ClusterKey, Integer> seenVersions) {

    public Request(
        ClusterKey targetClusterKey,
        List<ClusterKey> sourceClusterKeys,
        @Nullable String note,
        @Nullable String createdBy) {
      this(targetClusterKey, sourceClusterKeys, note, createdBy, Map.of());
    }

    public Request {
      sourceClusterKeys = List.copyOf(sourceClusterKeys);
      seenVersions = Map.copyOf(seenVersions);
      if (sourceClusterKeys.isEmpty() || sourceClusterKeys.size() > MAX_SOURCES) {
        throw new InvalidRequest("sourceClusterKeys must hold 1 to " + MAX_SOURCES + " keys");
      }
      if (sourceClusterKeys.contains(targetClusterKey)) {
        throw new InvalidRequest("a cluster cannot be merged into itself");
      }
    }
  }

  /**
   * What was merged, in the contract's shape.
   *
   * @param targetClusterKey where the target is now, if it had been merged itself
   * @param movedMarkerCount so far; 0 when the sources were part of the target already
   * @param joined the sources that were not
   */
  public record Result(
      ClusterKey targetClusterKey,
      List<ClusterKey> sourceClusterKeys,
      TransferState state,
      int movedMarkerCount,
      IssueView targetCluster,
      @JsonIgnore List<ClusterKey> joined) {

    public Result {
      joined = List.copyOf(joined);
    }
  }

  /**
   * Merges. A key that was merged before stands for what it is part of now; doing the same again
   * changes nothing, unless what is on its way has stopped: then it goes on. What is large follows
   * in slices; what comes in under its keys goes to the target at once.
   *
   * @throws NotFound when the target or a source is not a cluster of the project
   * @throws InvalidRequest when the target is part of a source already, which would be a circle; or
   *     when what moves just now would overrun it ({@link MovesUnderWay})
   * @throws ChangedMeanwhile when one is not as it was seen; what is one already is not looked at
   */
  @Transactional
  public Result merge(ProjectId project, Request request) {
    counts.lock();
    ClusterKey target = decisions.current(project, request.targetClusterKey());
    require(project, target);
    Set<ClusterKey> sources = new LinkedHashSet<>();
    boolean more = false;
    for (ClusterKey given : request.sourceClusterKeys()) {
      ClusterKey source = decisions.current(project, given);
      if (!source.equals(target)) {
        require(project, source);
        sources.add(source);
      } else if (given.equals(target)) {
        throw new InvalidRequest(
            "cluster " + request.targetClusterKey() + " is part of " + given + " already");
      } else {
        more |= slices.again(project, given);
      }
    }
    int moved = 0;
    if (!sources.isEmpty()) {
      requireSeen(project, target, sources, request.seenVersions());
      moves.requireNoRegroup(project);
      takeBack(project, target, sources);
      constraints.say(
          project, sources, target, ConstraintKind.MUST_LINK, request.note(), request.createdBy());
      AliasOrigin origin = AliasOrigin.hand(request.note(), request.createdBy());
      Set<ClusterKey> small = new LinkedHashSet<>();
      long room = AT_ONCE;
      for (ClusterKey source : sources) {
        long size = size(project, source);
        if (size <= room) {
          small.add(source);
          room -= size;
          continue;
        }
        moves.requireNonePartedFrom(project, source, target);
        union.begin(project, source, target, origin);
        if (more || size <= AT_ONCE) { // one first slice is enough for one transaction
          slices.queue(project, source, target, request.createdBy());
          more = true;
          continue;
        }
        TransferSlices.First first =
            slices.begin(project, source, target, Set.of(), request.createdBy());
        moved += first.moved();
        more = first.more();
        if (!more) { // because its count was wrong
          union.end(project, source, target);
        }
      }
      if (!small.isEmpty()) {
        moved += union.unite(project, small, target, origin);
      }
    }
    IssueView merged =
        queries.cluster(project, target).orElseThrow(() -> new NotFound("Target cluster"));
    return new Result(
        target,
        request.sourceClusterKeys(),
        more ? TransferState.MOVING : TransferState.DONE,
        moved,
        merged,
        List.copyOf(sources));
  }

  private long size(ProjectId project, ClusterKey key) {
    return queries.cluster(project, key).map(IssueView::markerCount).orElse(0L);
  }

  /** Whoever merges has changed their mind about what was split; of the sources, too. */
  private void takeBack(ProjectId project, ClusterKey target, Set<ClusterKey> sources) {
    Set<ClusterKey> others = new LinkedHashSet<>(sources);
    constraints.takeBack(project, target, others);
    for (ClusterKey source : sources) {
      others.remove(source);
      constraints.takeBack(project, source, others);
    }
  }

  private void requireSeen(
      ProjectId project,
      ClusterKey target,
      Set<ClusterKey> sources,
      Map<ClusterKey, Integer> seen) {
    if (seen.isEmpty()) {
      return;
    }
    Set<ClusterKey> all = new LinkedHashSet<>(sources);
    all.add(target);
    counts.lockRows(project, all);
    Map<ClusterKey, IssueView> now = queries.find(project, all);
    for (ClusterKey key : all) {
      IssueView issue = now.get(key);
      Integer version = seen.get(key);
      if (issue == null || version == null || issue.version() != version) {
        throw new ChangedMeanwhile("Cluster " + key);
      }
    }
  }

  private void require(ProjectId project, ClusterKey key) {
    if (!decisions.exists(project, key)) {
      throw new NotFound("Cluster " + key);
    }
  }
}
