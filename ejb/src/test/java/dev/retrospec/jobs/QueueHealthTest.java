package dev.retrospec.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.platform.config.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueHealthTest {

  private final QueueThresholds limits =
      QueueThresholds.from(Settings.of(name -> Optional.empty()));

  @Test
  void anEmptyQueueIsHealthy() {
    assertThat(judge(0, 0, 0)).isEqualTo(QueueHealth.Status.HEALTHY);
  }

  @Test
  void oneGivenUpJobIsAWarning() {
    assertThat(judge(0, 0, 1)).isEqualTo(QueueHealth.Status.WARNING);
  }

  @Test
  void theWorstFigureDecides() {
    assertThat(judge(20_000, 0, 0)).isEqualTo(QueueHealth.Status.CRITICAL);
    assertThat(judge(1_000, 200, 1)).isEqualTo(QueueHealth.Status.CRITICAL);
    assertThat(judge(1_000, 0, 0)).isEqualTo(QueueHealth.Status.WARNING);
  }

  private QueueHealth.Status judge(long pending, long retries, long failed) {
    return QueueHealth.judge(new QueueDepth(pending, retries, failed), limits);
  }
}
