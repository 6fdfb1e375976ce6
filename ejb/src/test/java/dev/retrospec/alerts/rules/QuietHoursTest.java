package dev.retrospec.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

  private static final EnumSet<DayOfWeek> ALWAYS = EnumSet.allOf(DayOfWeek.class);

  private final QuietHours nights = berlin(period(ALWAYS, "22:00", "07:00"));

  @Test
  void aNightEndsInTheMorning() {
    assertThat(nights.endsAfter(at("2026-02-10T21:59:59+01:00[Europe/Berlin]"))).isEmpty();
    assertThat(nights.endsAfter(at("2026-02-10T22:00:00+01:00[Europe/Berlin]")))
        .contains(at("2026-02-11T07:00:00+01:00[Europe/Berlin]"));
    assertThat(nights.endsAfter(at("2026-02-11T06:59:59+01:00[Europe/Berlin]")))
        .contains(at("2026-02-11T07:00:00+01:00[Europe/Berlin]"));
    assertThat(nights.endsAfter(at("2026-02-11T07:00:00+01:00[Europe/Berlin]"))).isEmpty();
  }

  @Test
  void theNightInWhichClocksGoForwardIsAnHourShorter() {
    Instant begin = at("2026-03-28T22:00:00+01:00[Europe/Berlin]");

    assertThat(nights.endsAfter(begin)).contains(begin.plusSeconds(8 * 3_600));
  }

  @Test
  void theNightInWhichClocksGoBackIsAnHourLonger() {
    Instant begin = at("2026-10-24T22:00:00+02:00[Europe/Berlin]");

    assertThat(nights.endsAfter(begin)).contains(begin.plusSeconds(10 * 3_600));
  }

  @Test
  void anEndThatThereIsNotThatDayIsTheFirstMomentAfterIt() {
    QuietHours quiet = berlin(period(ALWAYS, "01:00", "02:30"));

    assertThat(quiet.endsAfter(at("2026-03-29T01:30:00+01:00[Europe/Berlin]")))
        .contains(at("2026-03-29T03:30:00+02:00[Europe/Berlin]"));
  }

  @Test
  void anEndThatThereIsTwiceIsTheSecond() {
    QuietHours quiet = berlin(period(ALWAYS, "01:00", "02:30"));
    Instant second = Instant.parse("2026-10-25T01:30:00Z");

    assertThat(quiet.endsAfter(Instant.parse("2026-10-24T23:30:00Z"))).contains(second);
    assertThat(quiet.endsAfter(second.minusSeconds(1))).contains(second);
    assertThat(quiet.endsAfter(second)).isEmpty();
  }

  @Test
  void nightsAndWeekendsTouchAndEndTogether() {
    QuietHours quiet =
        berlin(
            period(ALWAYS, "22:00", "07:00"),
            QuietHours.wholeDays(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

    // from Friday night on
    assertThat(quiet.endsAfter(at("2026-02-13T23:00:00+01:00[Europe/Berlin]")))
        .contains(at("2026-02-16T07:00:00+01:00[Europe/Berlin]"));
    assertThat(quiet.endsAfter(at("2026-02-14T12:00:00+01:00[Europe/Berlin]")))
        .contains(at("2026-02-16T07:00:00+01:00[Europe/Berlin]"));
  }

  @Test
  void aPeriodBelongsToTheDayOnWhichItBegins() {
    QuietHours quiet = berlin(period(EnumSet.of(DayOfWeek.FRIDAY), "22:00", "07:00"));

    assertThat(quiet.endsAfter(at("2026-02-14T06:00:00+01:00[Europe/Berlin]"))).isPresent();
    assertThat(quiet.endsAfter(at("2026-02-13T06:00:00+01:00[Europe/Berlin]"))).isEmpty();
  }

  @Test
  void hoursThatAreAlwaysQuietEndAllTheSame() {
    QuietHours quiet = berlin(new QuietHours.Period(ALWAYS, LocalTime.NOON, LocalTime.NOON));

    assertThat(quiet.endsAfter(at("2026-02-13T06:00:00+01:00[Europe/Berlin]"))).isPresent();
  }

  @Test
  void unknownZonesAndEmptyPeriodsAreRefused() {
    assertThatThrownBy(() -> new QuietHours("Mars/Olympus", nights.periods()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("time zone");
    assertThatThrownBy(() -> new QuietHours("UTC", List.of())).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void theyAreWhatTheyWereAfterAWayThroughJson() {
    String json = Json.write(nights);

    assertThat(json).contains("\"timeZone\":\"Europe/Berlin\"", "\"from\":\"22:00:00\"");
    assertThat(Json.read(json, QuietHours.class)).isEqualTo(nights);
  }

  private static QuietHours berlin(QuietHours.Period... periods) {
    return new QuietHours("Europe/Berlin", List.of(periods));
  }

  private static QuietHours.Period period(EnumSet<DayOfWeek> days, String from, String until) {
    return new QuietHours.Period(days, LocalTime.parse(from), LocalTime.parse(until));
  }

  private static Instant at(String moment) {
    return ZonedDateTime.parse(moment).toInstant();
  }
}
