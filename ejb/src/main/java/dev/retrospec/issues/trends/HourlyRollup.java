package dev.retrospec.issues.trends;

import dev.retrospec.issues.trends.ClusterHours.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Writes the hours of the clusters that have changed, a piece of them in each transaction. Safe on
 * several nodes, and when it is repeated.
 */
@ApplicationScoped
public class HourlyRollup {

  /** A transaction's worth: the settlement waits for a key that is being written. */
  static final int AT_ONCE = 10;

  private final ClusterHours hours;

  @Inject
  public HourlyRollup(ClusterHours hours) {
    this.hours = hours;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected HourlyRollup() {
    this(null);
  }

  /** What was written; fewer than {@value #AT_ONCE} when nothing is left. */
  @Transactional
  List<Due> roll() {
    List<Due> due = hours.take(AT_ONCE);
    due.forEach(hours::write);
    return due;
  }
}
