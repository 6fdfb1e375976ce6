package dev.retrospec.web.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.trends.ProjectTrend;
import dev.retrospec.issues.trends.TrendBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendChartTest {

  private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");

  private final ProjectTrend trend =
      new ProjectTrend(
          FROM,
          List.of(3, 1, 0, 0, 1, 0),
          List.of(
              new ProjectTrend.Series("js_exception", List.of(2, 1, 0, 0, 0, 0)),
              new ProjectTrend.Series("api_error", List.of(1, 0, 0, 0, 0, 0))));

  @Test
  void barsAddUpTheirHoursAndStackTheirParts() {
    TrendChart chart = TrendChart.of(trend, TrendBy.KIND, 2);

    assertThat(chart.bars()).extracting(TrendChart.Bar::total).containsExactly(4, 0, 1);
    assertThat(chart.bars())
        .extracting(TrendChart.Bar::from)
        .containsExactly(FROM, FROM.plus(Duration.ofHours(2)), FROM.plus(Duration.ofHours(4)));
    assertThat(chart.bars().get(0).pieces())
        .containsExactly(
            new TrendChart.Piece("series-js_exception", 25, 75),
            new TrendChart.Piece("series-api_error", 0, 25));
    assertThat(chart.bars().get(1).pieces()).isEmpty();
    assertThat(chart.highest()).isEqualTo(4);
    assertThat(chart.total()).isEqualTo(5);
  }

  @Test
  void whatIsInNoSeriesIsTheRest() {
    TrendChart chart = TrendChart.of(trend, TrendBy.KIND, 2);

    assertThat(chart.entries())
        .containsExactly(
            new TrendChart.Entry("js_exception", "series-js_exception", 3, false),
            new TrendChart.Entry("api_error", "series-api_error", 1, false),
            new TrendChart.Entry("", "series-rest", 1, true));
    assertThat(chart.bars().get(2).counts()).containsExactly(0, 0, 1);
  }

  @Test
  void namesThatAnybodyMayMakeUpAreNoStyles() {
    TrendChart chart =
        TrendChart.of(
            new ProjectTrend(
                FROM, List.of(1), List.of(new ProjectTrend.Series("1.0\" x", List.of(1)))),
            TrendBy.RELEASE,
            1);

    assertThat(chart.entries().get(0).style()).isEqualTo("series-1");
  }

  @Test
  void fewStandBesideManyAndCanBeSeen() {
    TrendChart chart =
        TrendChart.of(
            new ProjectTrend(
                FROM,
                List.of(1, 10_000),
                List.of(new ProjectTrend.Series("api_error", List.of(1, 10_000)))),
            TrendBy.KIND,
            1);

    assertThat(chart.bars().get(0).pieces().get(0).height()).isEqualTo(2);
  }

  @Test
  void nothingIsAChartWithoutBarsThatStand() {
    TrendChart chart =
        TrendChart.of(new ProjectTrend(FROM, List.of(0, 0), List.of()), TrendBy.BROWSER, 1);

    assertThat(chart.bars()).allSatisfy(bar -> assertThat(bar.pieces()).isEmpty());
    assertThat(chart.total()).isZero();
  }
}
