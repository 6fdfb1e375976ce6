package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueSeparation;
import dev.retrospec.issues.IssueSplit;
import dev.retrospec.issues.TransferSlices;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what people decide about which failures are one, with a line in the log of each issue. */
@ApplicationScoped
public class GroupingDecisions {

  private final IssueMerge merge;
  private final IssueSplit split;
  private final IssueSeparation separation;
  private final TransferSlices slices;
  private final IssueActivities activities;
  private final Clock clock;

  @Inject
  public GroupingDecisions(
      IssueMerge merge,
      IssueSplit split,
      IssueSeparation separation,
      TransferSlices slices,
      IssueActivities activities,
      Clock clock) {
    this.merge = merge;
    this.split = split;
    this.separation = separation;
    this.slices = slices;
    this.activities = activities;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected GroupingDecisions() {
    this(null, null, null, null, null, null);
  }

  /**
   * Merges; what is merged already is no news.
   *
   * @throws NotFound when the target or a source is not a cluster of the project
   * @throws InvalidRequest when the target is part of a source already
   * @throws ChangedMeanwhile when one is not as the request says that it was seen
   */
  @Transactional
  public IssueMerge.Result merge(ProjectId project, IssueMerge.Request request, Actor actor) {
    IssueMerge.Result result = merge.merge(project, request);
    if (!result.joined().isEmpty()) {
      String what = "merged " + named(result.joined()) + " into it" + onBehalf(request, actor);
      add(project, result.targetClusterKey(), actor, "merged", what, request.note());
    }
    return result;
  }

  /**
   * Splits.
   *
   * @throws NotFound when the project has no such cluster, or the cluster not all these sessions
   * @throws InvalidRequest when nothing would be left, or the new key is in use
   */
  @Transactional
  public IssueSplit.Result split(
      ProjectId project, ClusterKey key, IssueSplit.Request request, Actor actor) {
    IssueSplit.Result result = split.split(project, key, request);
    int sessions = result.sessionIds().size();
    String many = sessions == 1 ? "a session" : sessions + " sessions";
    ClusterKey off = result.newClusterKey();
    ClusterKey from = result.sourceClusterKey();
    add(project, from, actor, "split", "split " + many + " off as " + off, request.note());
    add(project, off, actor, "split", "split it with " + many + " off from " + from, null);
    return result;
  }

  /**
   * Takes back that a part is one with an issue.
   *
   * @throws NotFound when the project has no such cluster, or the key does not lead to it
   * @throws InvalidRequest when nothing of the part can be told from the rest
   */
  @Transactional
  public IssueSeparation.Result separate(
      ProjectId project,
      ClusterKey key,
      ClusterKey part,
      @Nullable String note,
      @Nullable String by,
      Actor actor) {
    IssueSeparation.Result result = separation.separate(project, key, part, note, by);
    ClusterKey from = result.clusterKey();
    ClusterKey apart = result.separatedClusterKey();
    add(project, from, actor, "separated", "took " + apart + " out of it: not the same", note);
    add(project, apart, actor, "separated", "took it out of " + from + ": not the same", null);
    return result;
  }

  /**
   * Goes on with what stopped while markers went from or to an issue.
   *
   * @return whether there was anything
   */
  public boolean goOn(ProjectId project, ClusterKey key) {
    return slices.again(project, key);
  }

  private void add(
      ProjectId project,
      ClusterKey key,
      Actor actor,
      String kind,
      String what,
      @Nullable String note) {
    String words = note == null || note.isBlank() ? null : note;
    activities.add(project, key, actor, new Activity(kind, what, words), clock.instant());
  }

  private static String named(List<ClusterKey> keys) {
    String each = String.join(", ", keys.stream().map(ClusterKey::value).toList());
    return keys.size() == 1 ? each : keys.size() + " issues (" + each + ")";
  }

  /** A program says whose wish it was; nobody has checked that. */
  private static String onBehalf(IssueMerge.Request request, Actor actor) {
    String by = request.createdBy();
    return by == null || by.isBlank() || by.equals(actor.name()) ? "" : " on behalf of " + by;
  }
}
