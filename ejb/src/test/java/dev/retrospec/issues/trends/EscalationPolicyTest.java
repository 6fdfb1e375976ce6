package dev.retrospec.issues.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EscalationPolicyTest {

  private static final int DAY = 24;

  /** Of an hour; a look every ten minutes. */
  private static final int SLICES = 6;

  @Test
  void dailyRhythmIsNoEscalation() {
    for (double mean : List.of(0.5, 3.0, 20.0, 200.0)) {
      for (int seed = 0; seed < 20; seed++) {
        Series series = new Series(seed, 21 * DAY, hour -> mean * rhythm(hour));
        assertThat(series.alarms(2 * DAY)).as("mean %s, seed %s", mean, seed).isEmpty();
      }
    }
  }

  @Test
  void firstMorningOfAnIssueIsNoEscalation() {
    for (int seed = 0; seed < 50; seed++) {
      // First seen at midnight; the rhythm of the day is not known yet.
      Series series = new Series(seed, DAY, hour -> 20 * rhythm(hour));
      assertThat(series.alarms(EscalationPolicy.MIN_HOURS)).as("seed %s", seed).isEmpty();
    }
  }

  @Test
  void mondayAfterAQuietWeekendIsNoEscalation() {
    for (int seed = 0; seed < 20; seed++) {
      Series series =
          new Series(seed, 28 * DAY, hour -> 40 * rhythm(hour) * (hour / DAY % 7 >= 5 ? 0.25 : 1));
      assertThat(series.alarms(7 * DAY)).as("seed %s", seed).isEmpty();
    }
  }

  @Test
  void fiveTimesTheRateIsFoundWithinAnHour() {
    for (double mean : List.of(12.0, 50.0, 200.0)) {
      for (int start : List.of(0, 3, 9, 15, 21)) {
        for (int seed = 0; seed < 20; seed++) {
          int step = 8 * DAY + start;
          Series series =
              new Series(seed, step + 2, hour -> mean * rhythm(hour) * (hour >= step ? 5 : 1));
          // At its quietest an issue must be seen often enough to be worth a call at all.
          if (5 * mean * rhythm(step) < 6 * EscalationPolicy.MIN_SESSIONS) {
            continue;
          }
          assertThat(series.alarms(2 * DAY))
              .as("mean %s, at %s o'clock, seed %s", mean, start, seed)
              .isNotEmpty()
              .allMatch(slice -> slice >= step * SLICES)
              .first()
              .matches(slice -> slice <= (step + 1) * SLICES);
        }
      }
    }
  }

  @Test
  void quietIssueThatSuddenlyMakesNoiseIsFound() {
    assertThat(EscalationPolicy.judge(10, zeros(7 * DAY)).escalating()).isTrue();
    assertThat(EscalationPolicy.judge(9, zeros(7 * DAY)).escalating()).isFalse();
  }

  @Test
  void issueThatIsYoungerThanSixHoursHasNoPast() {
    assertThat(EscalationPolicy.judge(10_000, zeros(5)).escalating()).isFalse();
  }

  @Test
  void wildPastNeedsMore() {
    List<Integer> calm = new ArrayList<>(Collections.nCopies(7 * DAY, 10));
    List<Integer> wild = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 7 * DAY; i++) {
      wild.add(random.nextInt(5) == 0 ? 50 : 0);
    }

    assertThat(EscalationPolicy.judge(30, calm).escalating()).isTrue();
    assertThat(EscalationPolicy.judge(30, wild).escalating()).isFalse();
  }

  @Test
  void escalationIsOverWhenTheRateIsNearlyUsualAgain() {
    assertThat(EscalationPolicy.isCalm(20, 3 * 29)).isTrue();
    assertThat(EscalationPolicy.isCalm(20, 3 * 31)).isFalse();
    assertThat(EscalationPolicy.isCalm(0, 14)).isTrue();
    assertThat(EscalationPolicy.isCalm(0, 15)).isFalse();
  }

  /** From a tenth of the mean at night to nearly twice the mean in the afternoon. */
  private static double rhythm(int hour) {
    return 1 - 0.9 * Math.cos(2 * Math.PI * (hour % DAY - 3) / DAY);
  }

  private static List<Integer> zeros(int hours) {
    return Collections.nCopies(hours, 0);
  }

  /** Poisson counts in slices of ten minutes about a rate by the hour. */
  private static final class Series {

    private final int[] slices;

    Series(int seed, int hours, IntToDoubleFunction rate) {
      Random random = new Random(seed);
      slices = new int[hours * SLICES];
      for (int i = 0; i < slices.length; i++) {
        slices[i] = poisson(random, rate.applyAsDouble(i / SLICES) / SLICES);
      }
    }

    /** The slices after which an escalation would be found; looked at from so many hours on. */
    List<Integer> alarms(int fromHour) {
      List<Integer> hours = new ArrayList<>();
      for (int i = 0; i < slices.length; i += SLICES) {
        hours.add(sum(i, i + SLICES));
      }
      List<Integer> alarms = new ArrayList<>();
      for (int now = fromHour * SLICES; now <= slices.length; now++) {
        int lastHour = sum(now - SLICES, now);
        if (EscalationPolicy.judge(lastHour, hours.subList(0, now / SLICES)).escalating()) {
          alarms.add(now);
        }
      }
      return alarms;
    }

    private int sum(int from, int to) {
      int sum = 0;
      for (int i = from; i < to; i++) {
        sum += slices[i];
      }
      return sum;
    }

    private static int poisson(Random random, double mean) {
      double limit = Math.exp(-mean);
      double product = random.nextDouble();
      int count = 0;
      while (product > limit) {
        product *= random.nextDouble();
        count++;
      }
      return count;
    }
  }
}
