package dev.retrospec.web.issues;

import dev.retrospec.issues.trends.ProjectTrend;
import dev.retrospec.issues.trends.ProjectTrends;
import dev.retrospec.issues.trends.TrendBy;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.faces.Shell;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The project's failures over time, above the list of its issues. */
@Named
@RequestScoped
public class ProjectTrendBacking {

  private static final List<TrendBy> PARTS = List.of(TrendBy.values());
  private static final List<Span> SPANS =
      List.of(
          new Span("24h", "24 hours", 24, 1, "an hour"),
          new Span("", "7 days", 168, 6, "6 hours"),
          new Span("30d", "30 days", 720, 24, "24 hours"));

  private final Shell shell;
  private final ProjectTrends trends;
  private final Wording say;
  private @Nullable TrendChart chart;

  @Inject
  public ProjectTrendBacking(Shell shell, ProjectTrends trends, Wording say) {
    this.shell = shell;
    this.trends = trends;
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectTrendBacking() {
    this(null, null, null);
  }

  /**
   * A choice of how far the chart goes back.
   *
   * @param value in the address; empty for what is shown unasked
   * @param step what one bar is, in words
   */
  public record Span(String value, String label, int hours, int stepHours, String step) {}

  public List<Span> getSpans() {
    return SPANS;
  }

  public Span getSpan() {
    String sent = shell.sent("trend");
    return SPANS.stream().filter(one -> one.value().equals(sent)).findFirst().orElse(SPANS.get(1));
  }

  public List<TrendBy> getParts() {
    return PARTS;
  }

  public TrendBy getBy() {
    String sent = shell.sent("by");
    return PARTS.stream()
        .filter(one -> one.wireName().equals(sent))
        .findFirst()
        .orElse(TrendBy.KIND);
  }

  /** The kind that the list shows alone; empty for all. */
  public String getKind() {
    String sent = shell.sent("kind");
    return Stream.of(MarkerKind.values())
        .map(MarkerKind::wireName)
        .filter(sent::equals)
        .findFirst()
        .orElse("");
  }

  public TrendChart getChart() {
    TrendChart drawn = chart;
    if (drawn == null) {
      // Kinds are shown beside each other; of the one that is chosen, releases and browsers.
      MarkerKind only =
          getBy() == TrendBy.KIND || getKind().isEmpty()
              ? null
              : MarkerKind.fromWireName(getKind());
      ProjectTrend trend =
          trends.of(shell.chosenProject().orElseThrow(), getSpan().hours(), getBy(), only);
      drawn = TrendChart.of(trend, getBy(), getSpan().stepHours());
      chart = drawn;
    }
    return drawn;
  }

  /** What an entry of the chart is called. */
  public String name(TrendChart.Entry entry) {
    if (entry.rest()) {
      return "Others";
    }
    if (getBy() == TrendBy.KIND) {
      return say.kind(entry.name());
    }
    return entry.name().isEmpty() ? "Not told" : entry.name();
  }

  /** Whether another kind was chosen. */
  public boolean faint(String style) {
    return getBy() == TrendBy.KIND && !getKind().isEmpty() && !style.equals("series-" + getKind());
  }

  /** "12 failures from 4 Mar 2026, 12:00:00 UTC: Exception 8, Failed request 4". */
  public String title(TrendChart.Bar bar) {
    List<TrendChart.Entry> entries = getChart().entries();
    String parts =
        IntStream.range(0, entries.size())
            .filter(i -> bar.counts().get(i) > 0)
            .mapToObj(i -> name(entries.get(i)) + " " + say.number(bar.counts().get(i)))
            .collect(Collectors.joining(", "));
    return say.count(bar.total(), "failure")
        + " from "
        + say.moment(bar.from())
        + (parts.isEmpty() ? "" : ": " + parts);
  }
}
