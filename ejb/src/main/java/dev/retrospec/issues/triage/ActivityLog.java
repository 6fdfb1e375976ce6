package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.AliasKind;
import dev.retrospec.issues.ClustersJoined;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssueMuteEnded;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.MarkersTransferred;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes down what the system finds, in the transaction that finds it. What people decide is
 * written by {@link IssueTriage} and {@link GroupingDecisions}, which know who they are.
 */
@ApplicationScoped
public class ActivityLog {

  private final IssueActivities activities;
  private final Clock clock;

  @Inject
  public ActivityLog(IssueActivities activities, Clock clock) {
    this.activities = activities;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ActivityLog() {
    this(null, null);
  }

  void promoted(@Observes IssuePromoted event) {
    keep(event.projectId(), event.key(), "promoted", "made it an issue");
  }

  void regressed(@Observes IssueRegressed event) {
    keep(
        event.projectId(),
        event.key(),
        "regressed",
        "found it again in a session after its resolution");
  }

  void escalated(@Observes IssueEscalated event) {
    keep(
        event.projectId(),
        event.key(),
        "escalating",
        String.format(
            Locale.ROOT,
            "found it escalating: %d session%s within an hour, usually %.1f",
            event.sessionsLastHour(),
            event.sessionsLastHour() == 1 ? "" : "s",
            event.usualPerHour()));
  }

  void muteEnded(@Observes IssueMuteEnded event) {
    keep(event.projectId(), event.key(), "mute_ended", "opened it again: " + event.reason());
  }

  /** What people have merged is written by {@link GroupingDecisions}. */
  void joined(@Observes ClustersJoined event) {
    if (event.kind() == AliasKind.HAND) {
      return;
    }
    String keys =
        event.sources().stream().map(ClusterKey::value).sorted().collect(Collectors.joining(", "));
    boolean isAlike = event.kind() == AliasKind.LIKENESS && event.score() != null;
    keep(
        event.projectId(),
        event.target(),
        isAlike ? "joined" : "regrouped",
        isAlike
            ? String.format(
                Locale.ROOT, "found %s alike (%.2f) and made it part of it", keys, event.score())
            : "grouped what was " + keys + " under this key");
  }

  /** What was decided is written by {@link GroupingDecisions}; this is when it was done. */
  void transferred(@Observes MarkersTransferred event) {
    String many = String.format(Locale.ROOT, ": %,d markers", event.markersMoved());
    ProjectId project = event.projectId();
    if (event.merge()) {
      keep(project, event.to(), "merged", "has moved all of " + event.from() + " here" + many);
      return;
    }
    keep(project, event.from(), "separated", "has moved all of " + event.to() + " away" + many);
    keep(project, event.to(), "separated", "has moved all from " + event.from() + " here" + many);
  }

  private void keep(ProjectId project, ClusterKey key, String kind, String what) {
    activities.add(project, key, Actor.SYSTEM, Activity.of(kind, what), clock.instant());
  }
}
