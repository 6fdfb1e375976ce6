package dev.retrospec.issues.trends;

import java.util.Arrays;
import java.util.List;

/**
 * Whether an issue is seen far more often than its own past lets one expect: a rule without any
 * state of its own.
 *
 * <p>The idea is that of Sentry's escalating issues (a forecast for each issue from its own hourly
 * counts of the last week, with an upper bound), with a plainer forecast. What is usual is the
 * larger mean, of the days before, about the same hour and about the one before it (a window of 60
 * minutes lies in two; three hours are taken each, because counts are noisy), times the growth of
 * the last day over the days before it. Of an issue that is younger than a day it is the largest of
 * the last six hours, because its rhythm is not known.
 *
 * <p>Counts of sessions are taken as Poisson with overdispersion: the variance is {@code φ} times
 * the mean, with {@code φ} measured on the issue's own past. The square root of such a count has a
 * variance of {@code φ/4} whatever its mean (Bartlett 1936), also at night when there are few; so
 * what is seen must reach
 *
 * <pre>(√usual + 4 · √φ / 2)²</pre>
 *
 * and, because significant is not yet important, be at least {@link #MIN_SESSIONS} sessions and
 * {@link #MIN_RATIO} times the usual. The rule is about steps: a slow rise is a trend, and its page
 * shows it.
 */
public final class EscalationPolicy {

  /** Sessions within an hour below which nothing escalates: nobody gets up for three. */
  public static final int MIN_SESSIONS = 10;

  /** Times the usual, once a whole week is known. */
  public static final double MIN_RATIO = 2.5;

  /** Times the usual, while the rhythm of the week is not known yet. */
  public static final double MIN_RATIO_OF_THE_YOUNG = 4;

  /** Times the busiest hour, while the rhythm of the day is not known yet. */
  public static final double MIN_RATIO_OF_THE_FIRST_DAY = 6;

  /** Complete hours without which there is no past to compare with. */
  public static final int MIN_HOURS = 6;

  /** How far the past is looked at: a week, so that a weekend is in it. */
  public static final int MAX_HOURS = 168;

  /** One in millions for a Poisson count; every issue is looked at a thousand times a day. */
  private static final double DEVIATIONS = 4;

  private static final int DAY = 24;

  /** By then both hours of a window have been seen on the day before. */
  private static final int FIRST_DAY = DAY + 2;

  private static final int RECENT = 6;

  /** A step that was found already shall not become usual within the day. */
  private static final double MAX_GROWTH = 2;

  /** Beyond that a past is so wild that nothing could escalate. */
  private static final double MAX_DISPERSION = 8;

  /** An escalation is over when fewer than so many times the usual are seen. */
  private static final double CALM_RATIO = 1.5;

  private EscalationPolicy() {}

  /**
   * What was found.
   *
   * @param usualPerHour sessions that the past lets one expect
   * @param boundPerHour as many escalate
   */
  public record Finding(boolean escalating, double usualPerHour, double boundPerHour) {}

  /**
   * Looks at one moment.
   *
   * @param lastHour sessions that showed it first within the last 60 minutes
   * @param past the complete hours before the current one since the issue was first seen, oldest
   *     first, zeros included; those before the last {@link #MAX_HOURS} are ignored
   */
  public static Finding judge(int lastHour, List<Integer> past) {
    int[] hours =
        past.subList(Math.max(0, past.size() - MAX_HOURS), past.size()).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    if (hours.length < MIN_HOURS) {
      return new Finding(false, mean(hours), Double.MAX_VALUE);
    }
    double usual = usual(hours);
    double ratio =
        hours.length < FIRST_DAY
            ? MIN_RATIO_OF_THE_FIRST_DAY
            : hours.length < MAX_HOURS ? MIN_RATIO_OF_THE_YOUNG : MIN_RATIO;
    double bound =
        Math.max(
            square(Math.sqrt(usual) + DEVIATIONS * Math.sqrt(dispersion(hours)) / 2),
            Math.max(ratio * usual, MIN_SESSIONS));
    return new Finding(lastHour >= bound, usual, bound);
  }

  /**
   * Whether an escalation is over.
   *
   * @param usualPerHour what was usual when it began
   * @param lastHours sessions within the last three hours
   */
  public static boolean isCalm(double usualPerHour, int lastHours) {
    return lastHours / 3.0 < Math.max(CALM_RATIO * usualPerHour, MIN_SESSIONS / 2.0);
  }

  private static double usual(int[] hours) {
    int now = hours.length;
    if (now < FIRST_DAY) {
      return Arrays.stream(hours, Math.max(0, now - RECENT), now).max().orElse(0);
    }
    return Math.max(sameTime(hours, now), sameTime(hours, now - 1)) * growth(hours);
  }

  /** Three hours about the same hour of each day before; {@code place} may be the current hour. */
  private static double sameTime(int[] hours, int place) {
    double sum = 0;
    int counted = 0;
    for (int same = place - DAY; same >= 0; same -= DAY) {
      for (int hour = Math.max(0, same - 1); hour <= same + 1; hour++) {
        sum += hours[hour];
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  /** Of the last day over the mean of the days before; a decline is none. */
  private static double growth(int[] hours) {
    int now = hours.length;
    if (now < 2 * DAY) {
      return 1;
    }
    double before = mean(Arrays.copyOfRange(hours, 0, now - DAY));
    double lately = mean(Arrays.copyOfRange(hours, now - DAY, now));
    return before == 0 ? 1 : Math.min(MAX_GROWTH, Math.max(1, lately / before));
  }

  /** The variance about the day's rhythm, over the mean; 1 for a Poisson count. */
  private static double dispersion(int[] hours) {
    double mean = mean(hours);
    if (hours.length < 2 * DAY || mean == 0) {
      return 1;
    }
    double[] rhythm = new double[DAY];
    int[] days = new int[DAY];
    for (int i = 0; i < hours.length; i++) {
      rhythm[i % DAY] += hours[i];
      days[i % DAY]++;
    }
    double squares = 0;
    for (int i = 0; i < hours.length; i++) {
      double off = hours[i] - rhythm[i % DAY] / days[i % DAY];
      squares += off * off;
    }
    // As many means were fitted as the day has hours.
    double variance = squares / Math.max(1, hours.length - DAY);
    return Math.min(MAX_DISPERSION, Math.max(1, variance / mean));
  }

  private static double square(double value) {
    return value * value;
  }

  private static double mean(int[] hours) {
    return Arrays.stream(hours).average().orElse(0);
  }
}
