package dev.retrospec.issues.trends;

import dev.retrospec.issues.trends.ClusterHours.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Writes the hours of the clusters that have changed, and what that changes in those of their
 * projects, a piece of them in each transaction. Safe on several nodes, and when it is repeated.
 */
@ApplicationScoped
public class HourlyRollup {

  /** A transaction's worth: the settlement waits for a key that is being written. */
  static final int AT_ONCE = 10;

  private final ClusterHours hours;
  private final ProjectHours projects;

  @Inject
  public HourlyRollup(ClusterHours hours, ProjectHours projects) {
    this.hours = hours;
    this.projects = projects;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected HourlyRollup() {
    this(null, null);
  }

  /** What was written; fewer than {@value #AT_ONCE} when nothing is left. */
  @Transactional
  List<Due> roll() {
    List<Due> due = hours.take(AT_ONCE);
    projects.add(due.stream().flatMap(one -> hours.write(one).stream()).toList());
    return due;
  }
}
