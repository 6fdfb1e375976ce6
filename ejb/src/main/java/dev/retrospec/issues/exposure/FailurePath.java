package dev.retrospec.issues.exposure;

import dev.retrospec.signatures.text.RouteShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The path on which a failure showed: its page, and the last clicks on it that most of the failing
 * sessions have in common. A rule without any state of its own.
 *
 * @param route the {@link RouteShape} of the page
 * @param clicks labels in the order in which they were clicked; empty when failing sessions share
 *     none, as with a failure while a page loads: then a visit of the page is the path
 */
public record FailurePath(String route, List<String> clicks) {

  /** Looked at before the failure: what lies further back did not lead to it. */
  public static final int LAST_CLICKS = 3;

  /** Of the failing sessions, that a click belongs to the path. */
  private static final double SHARED = 0.6;

  public FailurePath {
    clicks = List.copyOf(clicks);
  }

  /**
   * A session that failed.
   *
   * @param steps in the order of time
   * @param failedAt of its first marker of the issue
   */
  public record Failing(List<PathStep> steps, Instant failedAt) {

    public Failing {
      steps = List.copyOf(steps);
    }
  }

  /**
   * What the failing sessions have in common. Of a click that was repeated, the last one counts.
   *
   * @param route as the issue names it
   * @param failing some of its sessions; without any, the page alone is the path
   */
  public static FailurePath of(String route, List<Failing> failing) {
    String shape = RouteShape.of(route);
    Map<String, Integer> sessions = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    for (Failing one : failing) {
      List<String> last = lastClicks(shape, one);
      for (int i = 0; i < last.size(); i++) {
        sessions.merge(last.get(i), 1, Integer::sum);
        // Counted from the end, so that sessions with more or fewer clicks agree.
        places.merge(last.get(i), last.size() - i, Integer::sum);
      }
    }
    List<String> shared =
        sessions.keySet().stream()
            .filter(label -> sessions.get(label) >= SHARED * failing.size())
            .sorted(
                (a, b) -> {
                  double first = (double) places.get(a) / sessions.get(a);
                  double second = (double) places.get(b) / sessions.get(b);
                  int order = Double.compare(second, first);
                  return order == 0 ? a.compareTo(b) : order;
                })
            .toList();
    return new FailurePath(shape, shared);
  }

  private static List<String> lastClicks(String shape, Failing session) {
    List<String> clicks = new ArrayList<>();
    boolean there = false;
    for (PathStep step : session.steps()) {
      if (step.at().isAfter(session.failedAt())) {
        break;
      }
      if (step.kind() == PathStep.Kind.PAGE) {
        there = step.name().equals(shape);
        if (!there) {
          clicks.clear();
        }
      } else if (there) {
        clicks.remove(step.name());
        clicks.add(step.name());
      }
    }
    return clicks.subList(Math.max(0, clicks.size() - LAST_CLICKS), clicks.size());
  }

  /**
   * Whether a session walked this path: it was on the page, and clicked there what belongs to the
   * path, in that order, whatever it did between.
   *
   * @param steps in the order of time
   */
  public boolean walkedBy(List<PathStep> steps) {
    boolean there = false;
    int next = 0;
    for (PathStep step : steps) {
      if (step.kind() == PathStep.Kind.PAGE) {
        there = step.name().equals(route);
        next = there ? next : 0;
      } else if (there && next < clicks.size() && step.name().equals(clicks.get(next))) {
        next++;
      }
      if (there && next == clicks.size()) {
        return true;
      }
    }
    return false;
  }
}
