package dev.retrospec.issues.trends;

import dev.retrospec.issues.trends.ClusterHours.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Keeps the hourly counts true, and looks at what they say. Call it without a transaction: hours
 * and findings are written apart, because whoever folds counts locks the same rows the other way
 * round.
 */
@ApplicationScoped
public class TrendKeeping {

  /** Of pieces; what is left waits for the next call. */
  private static final int MAX_PIECES = 500;

  private final HourlyRollup rollup;
  private final IssueEscalation escalation;

  @Inject
  public TrendKeeping(HourlyRollup rollup, IssueEscalation escalation) {
    this.rollup = rollup;
    this.escalation = escalation;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TrendKeeping() {
    this(null, null);
  }

  /** Safe on several nodes. */
  public void run() {
    List<Due> written;
    int pieces = 0;
    do {
      written = rollup.roll();
      written.forEach(one -> escalation.consider(one.projectId(), one.key()));
      pieces++;
    } while (written.size() == HourlyRollup.AT_ONCE && pieces < MAX_PIECES);
    escalation.calm();
  }
}
