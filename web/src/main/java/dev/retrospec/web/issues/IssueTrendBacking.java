package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.trends.IssueTrend;
import dev.retrospec.issues.trends.IssueTrends;
import dev.retrospec.web.faces.Shell;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often the issue whose page is shown was seen: 24 hours, or 7 days in steps of 6 hours. */
@Named
@RequestScoped
public class IssueTrendBacking {

  private static final int DAY_HOURS = 24;
  private static final int WEEK_STEP_HOURS = 6;

  private final Shell shell;
  private final IssueTrends trends;
  private final Wording say;
  private @Nullable IssueTrend trend;

  @Inject
  public IssueTrendBacking(Shell shell, IssueTrends trends, Wording say) {
    this.shell = shell;
    this.trends = trends;
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueTrendBacking() {
    this(null, null, null);
  }

  /**
   * A bar of the chart, of 1,000 by 100.
   *
   * @param height 0 for none, else 2 to 100
   * @param title "4 sessions, 4 Mar 2026, 12:00"
   */
  public record Bar(double x, double width, double height, String title) {}

  public boolean isDay() {
    return shell.sent("trend").equals("24h");
  }

  public @Nullable IssueTrend getTrend() {
    if (trend == null) {
      int hours = isDay() ? DAY_HOURS : IssueTrends.MAX_HOURS;
      trend =
          shell
              .chosenProject()
              .flatMap(
                  project -> shell.item(ClusterKey::new).map(key -> trends.of(project, key, hours)))
              .orElse(null);
    }
    return trend;
  }

  public int getHighest() {
    return steps().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  public List<Bar> getBars() {
    IssueTrend shown = getTrend();
    if (shown == null) {
      return List.of();
    }
    List<Integer> steps = steps();
    double width = 1_000.0 / steps.size();
    int highest = Math.max(1, getHighest());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int sessions = steps.get(i);
      Instant from = shown.from().plus((long) i * stepHours(), ChronoUnit.HOURS);
      bars.add(
          new Bar(
              i * width + width * 0.08,
              width * 0.84,
              sessions == 0 ? 0 : Math.max(2, 100.0 * sessions / highest),
              say.count(sessions, "session") + ", from " + say.moment(from)));
    }
    return bars;
  }

  private int stepHours() {
    return isDay() ? 1 : WEEK_STEP_HOURS;
  }

  private List<Integer> steps() {
    IssueTrend shown = getTrend();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; shown != null && i < shown.sessions().size(); i++) {
      if (i % stepHours() == 0) {
        steps.add(0);
      }
      int last = steps.size() - 1;
      steps.set(last, steps.get(last) + shown.sessions().get(i));
    }
    return steps;
  }
}
