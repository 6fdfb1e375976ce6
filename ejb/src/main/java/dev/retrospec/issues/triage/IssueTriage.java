package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/** Takes the team's decisions about issues. */
@ApplicationScoped
public class IssueTriage {

  private final IssueClusters clusters;
  private final ClusterDecisions decisions;
  private final Clock clock;

  @Inject
  public IssueTriage(IssueClusters clusters, ClusterDecisions decisions, Clock clock) {
    this.clusters = clusters;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueTriage() {
    this(null, null, null);
  }

  /**
   * Changes the state. A cluster that is not promoted yet can be decided about as well: muted
   * before it is shown, it makes no noise when it is.
   *
   * @throws NotFound when the project has no such cluster
   * @throws InvalidRequest when the mute has ended already
   * @throws ChangedMeanwhile when the expected version is not the stored one
   */
  @Transactional
  public IssueState change(ProjectId project, ClusterKey key, TriageChange change) {
    Instant now = clock.instant();
    if (change.state() == TriageState.MUTED
        && (change.mutedUntil() == null || !change.mutedUntil().isAfter(now))) {
      throw new InvalidRequest("mutedUntil must be in the future");
    }
    IssueCluster cluster =
        clusters
            .toDecide(project, decisions.current(project, key))
            .orElseThrow(() -> new NotFound("Issue"));
    cluster.apply(change, now);
    clusters.save();
    return cluster.view();
  }
}
