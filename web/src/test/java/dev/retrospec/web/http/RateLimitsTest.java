package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.platform.config.Settings;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private long nanos;

  private final TimeMeter time =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos;
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  private final RateLimits limits = new RateLimits(new RateLimitConfig(10, 3), time);

  @Test
  void letsABurstPassAndThenTellsHowLongToWait() {
    for (int i = 0; i < 3; i++) {
      assertThat(limits.take("key_a")).isEmpty();
    }

    assertThat(limits.take("key_a")).contains(Duration.ofMillis(100));
  }

  @Test
  void letsOnePassAgainAfterThatTime() {
    for (int i = 0; i < 3; i++) {
      limits.take("key_a");
    }

    nanos += Duration.ofMillis(100).toNanos();

    assertThat(limits.take("key_a")).isEmpty();
    assertThat(limits.take("key_a")).isPresent();
  }

  @Test
  void keepsCallersApart() {
    for (int i = 0; i < 4; i++) {
      limits.take("key_a");
    }

    assertThat(limits.take("key_b")).isEmpty();
  }

  @Test
  void remembersNoMoreCallersThanItHasRoomFor() {
    for (int i = 0; i < RateLimits.MAX_CALLERS + 500; i++) {
      limits.take("caller " + i);
    }

    assertThat(limits.callers()).isEqualTo(RateLimits.MAX_CALLERS);
  }

  @Test
  void doesNotLimitWhenSwitchedOff() {
    RateLimits off = new RateLimits(new RateLimitConfig(0, 1), time);

    for (int i = 0; i < 1_000; i++) {
      assertThat(off.take("key_a")).isEmpty();
    }
  }

  @Test
  void allowsByDefaultWhatABusySiteSends() {
    RateLimitConfig config = RateLimitConfig.from(Settings.of(name -> Optional.empty()));

    assertThat(config.requestsPerSecond()).isGreaterThanOrEqualTo(1_000);
    assertThat(config.burst()).isGreaterThanOrEqualTo(config.requestsPerSecond());
  }
}
