package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.web.http.CiRateLimits.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiRateLimitsTest {

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final CiRateLimits limits =
      new CiRateLimits(new CiRateLimitConfig(3, Duration.ofMinutes(15)), clock);

  @Test
  void countsDownAndSaysWhenItBeginsAnew() {
    Standing first = limits.take("10.0.0.1");
    clock.pass(Duration.ofMinutes(1));
    Standing second = limits.take("10.0.0.1");

    assertThat(first.remaining()).isEqualTo(2);
    assertThat(second.remaining()).isEqualTo(1);
    assertThat(second.resetEpochSeconds())
        .isEqualTo(START.plus(Duration.ofMinutes(15)).getEpochSecond());
  }

  @Test
  void refusesTheNextOneUntilTheWindowEnds() {
    for (int i = 0; i < 3; i++) {
      assertThat(limits.take("10.0.0.1").mayPass()).isTrue();
    }
    assertThat(limits.take("10.0.0.1").mayPass()).isFalse();

    clock.pass(Duration.ofMinutes(15));

    assertThat(limits.take("10.0.0.1").mayPass()).isTrue();
  }

  @Test
  void oneAddressDoesNotUseUpTheOthers() {
    for (int i = 0; i < 4; i++) {
      limits.take("10.0.0.1");
    }

    assertThat(limits.take("10.0.0.2").mayPass()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:7::1, 2001:db8:0:7:ffff::2, true",
    "2001:db8:0:7::1, 2001:db8:0:8::1, false",
    "fe80::1%eth0, fe80::2%eth0, true",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "::ffff:10.0.0.1, ::ffff:10.0.0.2, false"
  })
  void allAddressesOfAnIpv6NetworkAreOneCaller(String one, String other, boolean same) {
    for (int i = 0; i < 3; i++) {
      limits.take(one);
    }

    assertThat(limits.take(other).mayPass()).isNotEqualTo(same);
  }

  @Test
  void aHundredInAQuarterOfAnHourUnlessSetOtherwise() {
    assertThat(CiRateLimitConfig.from(Settings.of(name -> Optional.empty())))
        .isEqualTo(new CiRateLimitConfig(100, Duration.ofMinutes(15)));
    Map<String, String> set =
        Map.of("RATE_LIMIT_MAX_REQUESTS", "5", "RATE_LIMIT_WINDOW_MS", "60000");
    assertThat(CiRateLimitConfig.from(Settings.of(name -> Optional.ofNullable(set.get(name)))))
        .isEqualTo(new CiRateLimitConfig(5, Duration.ofMinutes(1)));
  }

  @Test
  void zeroSwitchesItOff() {
    CiRateLimits off = new CiRateLimits(new CiRateLimitConfig(0, Duration.ofMinutes(1)), clock);

    assertThat(off.take("10.0.0.1")).isNull();
  }
}
