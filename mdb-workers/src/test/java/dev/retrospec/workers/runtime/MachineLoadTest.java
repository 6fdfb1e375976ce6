package dev.retrospec.workers.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class MachineLoadTest {

  @Test
  void isAShareOfTheProcessorsAndIsMeasured() {
    MachineLoad load = new MachineLoad();

    await().until(() -> load.current() > 0);
    assertThat(load.current()).isBetween(0.0, 1.0);
  }
}
