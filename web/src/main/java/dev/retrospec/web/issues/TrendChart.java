package dev.retrospec.web.issues;

import dev.retrospec.issues.trends.ProjectTrend;
import dev.retrospec.issues.trends.TrendBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A project's trend as stacked bars, of 1,000 by 100 together.
 *
 * @param entries what the colours stand for, and how many there are of each
 * @param highest the highest bar's
 */
public record TrendChart(List<Entry> entries, List<Bar> bars, int highest, int total) {

  private static final double WIDTH = 1_000;
  private static final double HEIGHT = 100;

  /** Of a bar's place. */
  private static final double GAP = 0.16;

  /** What is there can be seen. */
  private static final double LOWEST = 2;

  public TrendChart {
    entries = List.copyOf(entries);
    bars = List.copyOf(bars);
  }

  /**
   * A colour.
   *
   * @param name as in {@link ProjectTrend.Series}; the rest has none
   * @param style the name of its class in the style sheet
   * @param rest whether it stands for all that is rarer
   */
  public record Entry(String name, String style, int total, boolean rest) {}

  /**
   * A stretch of time.
   *
   * @param counts in the order of the entries
   * @param pieces from the ground up, without those that are zero
   */
  public record Bar(
      Instant from, double x, double width, int total, List<Integer> counts, List<Piece> pieces) {

    public Bar {
      counts = List.copyOf(counts);
      pieces = List.copyOf(pieces);
    }
  }

  /** A part of a bar. */
  public record Piece(String style, double y, double height) {}

  /**
   * @param stepHours how many hours a bar is; a divisor of the trend's hours
   */
  static TrendChart of(ProjectTrend trend, TrendBy by, int stepHours) {
    List<Entry> entries = new ArrayList<>();
    List<List<Integer>> columns = new ArrayList<>();
    for (ProjectTrend.Series one : trend.series()) {
      String style = "series-" + (by == TrendBy.KIND ? one.name() : entries.size() + 1);
      entries.add(new Entry(one.name(), style, one.total(), false));
      columns.add(steps(one.sessions(), stepHours));
    }
    int rest = trend.rest().stream().mapToInt(Integer::intValue).sum();
    if (rest > 0) {
      entries.add(new Entry("", "series-rest", rest, true));
      columns.add(steps(trend.rest(), stepHours));
    }
    List<Integer> totals = steps(trend.sessions(), stepHours);
    int highest = totals.stream().mapToInt(Integer::intValue).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    double width = WIDTH / Math.max(1, totals.size());
    for (int i = 0; i < totals.size(); i++) {
      int at = i;
      List<Integer> counts = columns.stream().map(column -> column.get(at)).toList();
      bars.add(
          new Bar(
              trend.from().plus((long) i * stepHours, ChronoUnit.HOURS),
              i * width + width * GAP / 2,
              width * (1 - GAP),
              totals.get(i),
              counts,
              pieces(entries, counts, totals.get(i), highest)));
    }
    return new TrendChart(entries, bars, highest, trend.total());
  }

  private static List<Piece> pieces(
      List<Entry> entries, List<Integer> counts, int total, int highest) {
    List<Piece> pieces = new ArrayList<>();
    double whole = Math.max(LOWEST, HEIGHT * total / Math.max(1, highest));
    double y = HEIGHT;
    for (int i = 0; i < entries.size(); i++) {
      if (counts.get(i) > 0) {
        double height = whole * counts.get(i) / total;
        y -= height;
        pieces.add(new Piece(entries.get(i).style(), y, height));
      }
    }
    return pieces;
  }

  private static List<Integer> steps(List<Integer> hours, int stepHours) {
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < hours.size(); i += stepHours) {
      steps.add(
          hours.subList(i, Math.min(hours.size(), i + stepHours)).stream()
              .mapToInt(Integer::intValue)
              .sum());
    }
    return steps;
  }
}
