package dev.retrospec.issues.exposure;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.FixReleaseChanged;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.triage.Activity;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.sessions.SessionIndexed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Proves fixes: a resolved issue is proven fixed when so many sessions have walked the same path
 * without it. The path is taken from the failing sessions when the issue is resolved, since these
 * expire. Each session counts once, whatever is repeated and on however many nodes.
 */
@ApplicationScoped
public class ExposureProof {

  /** Enough to see what they share. */
  private static final int COMPARED_SESSIONS = 20;

  /** A transaction's worth. */
  static final int AT_ONCE = 100;

  private final Exposures exposures;
  private final WalkedPaths paths;
  private final IssueQueries issues;
  private final IssueActivities activities;
  private final ExposureConfig config;
  private final Clock clock;

  @Inject
  public ExposureProof(
      Exposures exposures,
      WalkedPaths paths,
      IssueQueries issues,
      IssueActivities activities,
      ExposureConfig config,
      Clock clock) {
    this.exposures = exposures;
    this.paths = paths;
    this.issues = issues;
    this.activities = activities;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ExposureProof() {
    this(null, null, null, null, null, null);
  }

  void resolved(@Observes IssueResolved event) {
    begin(event.projectId(), event.key());
  }

  /** What walked the path on a release before that one proves nothing any more. */
  void fixMoved(@Observes FixReleaseChanged event) {
    begin(event.projectId(), event.key());
  }

  private void begin(ProjectId project, ClusterKey key) {
    issues
        .cluster(project, key)
        .ifPresent(
            issue ->
                exposures.begin(
                    project,
                    key,
                    FailurePath.of(issue.route(), paths.failing(project, key, COMPARED_SESSIONS)),
                    config.sessions()));
  }

  void ended(@Observes SessionIndexed event) {
    exposures.note(event.projectId(), event.sessionId());
  }

  /** A session that has walked the path of a proof. */
  private record Walk(Exposures.Due session, ClusterKey key) {}

  /**
   * Looks at sessions that have ended.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean count() {
    Instant now = clock.instant();
    List<Exposures.Due> due = exposures.take(AT_ONCE);
    for (Walk walk : walks(due)) {
      exposures
          .count(walk.session(), walk.key(), now)
          .filter(Exposure::isProven)
          .ifPresent(proof -> tell(walk.session().projectId(), walk.key(), proof, now));
    }
    return due.size() == AT_ONCE;
  }

  /** In the order of the proofs, so that two nodes never wait for each other in a circle. */
  private List<Walk> walks(List<Exposures.Due> due) {
    List<Walk> walks = new ArrayList<>();
    for (Exposures.Due session : due) {
      List<Exposures.Open> open = exposures.open(session);
      if (!open.isEmpty()) {
        List<PathStep> steps = paths.of(session.projectId(), session.session(), null);
        open.stream()
            .filter(one -> one.path().walkedBy(steps))
            .forEach(one -> walks.add(new Walk(session, one.key())));
      }
    }
    walks.sort(
        Comparator.comparing((Walk walk) -> walk.session().projectId().value())
            .thenComparing(walk -> walk.key().value()));
    return walks;
  }

  private void tell(ProjectId project, ClusterKey key, Exposure proof, Instant now) {
    String on = proof.release() == null ? "since" : "on " + proof.release();
    activities.add(
        project,
        key,
        Actor.SYSTEM,
        Activity.of(
            "proven",
            "found the fix proven: %d sessions walked this path %s without it"
                .formatted(proof.walked(), on)),
        now);
  }
}
