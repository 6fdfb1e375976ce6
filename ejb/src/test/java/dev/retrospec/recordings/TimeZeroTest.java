package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeZeroTest {

  private static final Instant DECLARED = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void theDeclaredStartCounts() {
    assertThat(zero(DECLARED.plusSeconds(4))).isEqualTo(DECLARED);
    assertThat(zero(DECLARED.minusSeconds(4))).isEqualTo(DECLARED);
  }

  @Test
  void aStartThatCannotBelongToTheEventsIsReplacedByTheFirstEvent() {
    assertThat(zero(Instant.ofEpochMilli(1_000))).isEqualTo(Instant.ofEpochMilli(1_000));
  }

  @Test
  void aLongSessionMayBeginLate() {
    assertThat(TimeZero.of(DECLARED, Duration.ofHours(2), List.of(DECLARED.plusSeconds(3_600))))
        .isEqualTo(DECLARED);
  }

  private static Instant zero(Instant firstEvent) {
    return TimeZero.of(DECLARED, Duration.ofSeconds(30), List.of(firstEvent));
  }
}
