package dev.retrospec.issues.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.MarkerKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

  @Test
  void confidenceGrowsWithVisitorsMoreThanWithSessions() {
    double one = Confidence.of(MarkerKind.JS_EXCEPTION, 1, 1);
    double sameVisitorAgain = Confidence.of(MarkerKind.JS_EXCEPTION, 2, 1);
    double anotherVisitor = Confidence.of(MarkerKind.JS_EXCEPTION, 2, 2);

    assertThat(List.of(one, sameVisitorAgain, anotherVisitor)).isSorted().doesNotHaveDuplicates();
    assertThat(Confidence.of(MarkerKind.UI_NO_EFFECT, 2, 2)).isLessThan(anotherVisitor);
    assertThat(Confidence.of(MarkerKind.JS_EXCEPTION, 100_000, 100_000)).isEqualTo(0.99);
    assertThat(Confidence.of(MarkerKind.JS_EXCEPTION, 0, 0)).isZero();
  }
}
