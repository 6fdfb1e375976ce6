package dev.retrospec.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Duration BASE = Duration.ofSeconds(2);

  @Test
  void pausesDouble() {
    assertThat(pause(1, 0.5)).isEqualTo(Duration.ofSeconds(2));
    assertThat(pause(2, 0.5)).isEqualTo(Duration.ofSeconds(4));
    assertThat(pause(3, 0.5)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void chanceMovesThemByAFifthEitherWay() {
    assertThat(pause(1, 0)).isEqualTo(Duration.ofMillis(1_600));
    assertThat(pause(1, 1)).isEqualTo(Duration.ofMillis(2_400));
  }

  @Test
  void noPauseGrowsBeyondItsLimit() {
    assertThat(pause(60, 0.5)).isEqualTo(RetryPolicy.MAX_PAUSE);
    assertThat(pause(Integer.MAX_VALUE, 0.5)).isEqualTo(RetryPolicy.MAX_PAUSE);
  }

  private static Duration pause(int attempt, double chance) {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException("only doubles are asked for");
          }

          @Override
          public double nextDouble() {
            return chance;
          }
        };
    return RetryPolicy.pauseAfter(attempt, BASE, fixed);
  }
}
