package dev.retrospec.alerts.rules;

import dev.retrospec.platform.failure.InvalidRequest;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When nobody is to be told. What happens meanwhile is told afterwards.
 *
 * <p>Days and times are those of the clock on the wall: where it is set forward or back, a period
 * is an hour shorter or longer, and a time that there is not that day is the first one after it; of
 * a time that there is twice, a period begins with the first and ends with the second.
 *
 * @param timeZone such as {@code Europe/Berlin}
 * @param periods at most {@value #MAX_PERIODS}; they may touch and overlap
 */
public record QuietHours(String timeZone, List<Period> periods) {

  static final int MAX_PERIODS = 14;

  /** Touching periods are followed so far; a rule that is always quiet speaks after that. */
  private static final int MAX_MERGED = 60;

  /**
   * Every week.
   *
   * @param days on which it begins
   * @param until not after {@code from}: on the next day; equal to it: 24 hours later
   */
  public record Period(Set<DayOfWeek> days, LocalTime from, LocalTime until) {

    /**
     * @throws InvalidRequest when a part is missing
     */
    public Period {
      if (days == null || days.isEmpty() || from == null || until == null) {
        throw new InvalidRequest("a period of quietHours needs days, from and until");
      }
      days = Set.copyOf(days);
      from = from.truncatedTo(ChronoUnit.MINUTES);
      until = until.truncatedTo(ChronoUnit.MINUTES);
    }

    private @Nullable Instant endAfter(Instant now, LocalDate day, ZoneId zone) {
      if (!days.contains(day.getDayOfWeek())) {
        return null;
      }
      Instant begin = ZonedDateTime.of(day, from, zone).withEarlierOffsetAtOverlap().toInstant();
      LocalDate lastDay = until.isAfter(from) ? day : day.plusDays(1);
      Instant end = ZonedDateTime.of(lastDay, until, zone).withLaterOffsetAtOverlap().toInstant();
      return now.isBefore(begin) || !now.isBefore(end) ? null : end;
    }
  }

  /**
   * @throws InvalidRequest when there is no such time zone, or there are no or too many periods
   */
  public QuietHours {
    try {
      ZoneId.of(timeZone == null ? "" : timeZone);
    } catch (DateTimeException e) {
      throw new InvalidRequest(
          "quietHours.timeZone must be the name of a time zone, such as Europe/Berlin");
    }
    if (periods == null || periods.isEmpty() || periods.size() > MAX_PERIODS) {
      throw new InvalidRequest("quietHours.periods must be 1 to " + MAX_PERIODS + " periods");
    }
    periods = List.copyOf(periods);
  }

  /** The whole of every such day. */
  public static Period wholeDays(DayOfWeek first, DayOfWeek... more) {
    return new Period(EnumSet.of(first, more), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
  }

  /** When it is over, with the periods that follow without a pause; empty when it is not quiet. */
  public Optional<Instant> endsAfter(Instant now) {
    Instant end = now;
    for (int i = 0; i < MAX_MERGED; i++) {
      Instant next = latestEnd(end);
      if (next == null) {
        break;
      }
      end = next;
    }
    return end.equals(now) ? Optional.empty() : Optional.of(end);
  }

  private @Nullable Instant latestEnd(Instant now) {
    ZoneId zone = ZoneId.of(timeZone);
    LocalDate today = now.atZone(zone).toLocalDate();
    Instant latest = null;
    for (Period period : periods) {
      // the one of the day before may reach into today, where a clock was set back even to its end
      for (int back = 0; back <= 2; back++) {
        Instant end = period.endAfter(now, today.minusDays(back), zone);
        if (end != null && (latest == null || end.isAfter(latest))) {
          latest = end;
        }
      }
    }
    return latest;
  }
}
