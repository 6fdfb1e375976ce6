package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.FixReleaseChanged;
import dev.retrospec.issues.IssueReopened;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** Takes the team's decisions about issues. */
@ApplicationScoped
public class IssueTriage {

  private final IssueClusters clusters;
  private final IssueMutes mutes;
  private final IssueActivities activities;
  private final ClusterDecisions decisions;
  private final Event<IssueResolved> resolved;
  private final Event<IssueReopened> reopened;
  private final Event<FixReleaseChanged> fixMoved;
  private final Clock clock;

  @Inject
  public IssueTriage(
      IssueClusters clusters,
      IssueMutes mutes,
      IssueActivities activities,
      ClusterDecisions decisions,
      Event<IssueResolved> resolved,
      Event<IssueReopened> reopened,
      Event<FixReleaseChanged> fixMoved,
      Clock clock) {
    this.clusters = clusters;
    this.mutes = mutes;
    this.activities = activities;
    this.decisions = decisions;
    this.resolved = resolved;
    this.reopened = reopened;
    this.fixMoved = fixMoved;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueTriage() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * Changes the state. A cluster that is not promoted yet can be decided about as well: muted
   * before it is shown, it makes no noise when it is.
   *
   * @param by who decides, for the log
   * @throws NotFound when the project has no such cluster
   * @throws InvalidRequest when the mute has ended already
   * @throws ChangedMeanwhile when the expected version is not the stored one
   */
  @Transactional
  public IssueState change(ProjectId project, ClusterKey key, TriageChange change, Actor by) {
    Instant now = clock.instant();
    MuteCondition mute = change.state() == TriageState.MUTED ? change.mute() : null;
    if (mute != null && mute.until() != null && !mute.until().isAfter(now)) {
      throw new InvalidRequest("mutedUntil must be in the future");
    }
    ClusterKey current = decisions.current(project, key);
    IssueCluster cluster =
        clusters.toDecide(project, current).orElseThrow(() -> new NotFound("Issue"));
    IssueState before = cluster.view();
    boolean isResolvedNow =
        cluster.apply(
            change, mute == null ? UnfoldedCounts.NONE : mutes.unfolded(project, current), now);
    clusters.save();
    IssueState after = cluster.view();
    for (Activity done : TriageActivity.of(before, after, change.state() != null)) {
      activities.add(project, current, by, done, now);
    }
    if (isResolvedNow) {
      resolved.fire(new IssueResolved(project, current, change.resolvedInRelease()));
    } else if (isQuiet(before.state()) && !isQuiet(after.state())) {
      reopened.fire(new IssueReopened(project, current));
    } else if (after.state() == TriageState.RESOLVED
        && !Objects.equals(before.resolvedInRelease(), after.resolvedInRelease())) {
      fixMoved.fire(new FixReleaseChanged(project, current, after.resolvedInRelease()));
    }
    return after;
  }

  private static boolean isQuiet(TriageState state) {
    return state == TriageState.RESOLVED || state == TriageState.MUTED;
  }
}
