package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.RegroupRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a project was brought to today's rules of grouping, or might be.
 *
 * @param latest the last run, whatever became of it; null when there was none
 * @param earlier those before, the last one first
 * @param issues by the keys that the latest report shows; those without an issue are left out
 */
public record RegroupsView(
    @Nullable RegroupRun latest, List<RegroupRun> earlier, Map<ClusterKey, IssueView> issues) {

  /** So many joins and clusters that fall apart are shown; a report lists more. */
  public static final int SHOWN = 10;

  public RegroupsView {
    earlier = List.copyOf(earlier);
    issues = Map.copyOf(issues);
  }

  /** Whether a run is not over. */
  public boolean isUnderWay() {
    return latest != null
        && switch (latest.state()) {
          case WAITING, READING, MOVING -> true;
          case DONE, FAILED -> false;
        };
  }

  /** Whether the last one that moved failed: the next gives what it emptied their heirs. */
  public boolean isUnfinished() {
    return earlier.stream()
        .filter(run -> !run.dryRun())
        .findFirst()
        .filter(run -> run.state() == RegroupRun.State.FAILED)
        .isPresent();
  }

  /** Whether the last run only looked, so that somebody knows what a real one would do. */
  public boolean isLookedAt() {
    return latest != null && latest.dryRun() && latest.state() == RegroupRun.State.DONE;
  }
}
