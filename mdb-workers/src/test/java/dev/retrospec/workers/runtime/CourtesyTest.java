package dev.retrospec.workers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class CourtesyTest {

  @Test
  void onAnIdleMachineNothingWaits() {
    assertThat(timeOf(new Courtesy(() -> 0.3, new YieldConfig(0.85))))
        .isLessThan(Courtesy.PATIENCE.dividedBy(2));
  }

  @Test
  void onABusyOneWorkWaitsUntilItIsIdle() {
    Iterator<Double> loads = List.of(0.95, 0.95, 0.2).iterator();
    DoubleSupplier load = () -> loads.next();

    assertThat(timeOf(new Courtesy(load, new YieldConfig(0.85)))).isLessThan(Courtesy.PATIENCE);
    assertThat(loads.hasNext()).isFalse();
  }

  @Test
  void onOneThatIsAlwaysBusyWorkIsDoneNevertheless() {
    assertThat(timeOf(new Courtesy(() -> 1, new YieldConfig(0.85))))
        .isGreaterThanOrEqualTo(Courtesy.PATIENCE)
        .isLessThan(Courtesy.PATIENCE.multipliedBy(20));
  }

  @Test
  void itCanBeSwitchedOff() {
    assertThat(timeOf(new Courtesy(() -> 1, new YieldConfig(1))))
        .isLessThan(Courtesy.PATIENCE.dividedBy(2));
  }

  private static Duration timeOf(Courtesy courtesy) {
    long begun = System.nanoTime();
    courtesy.letOthersGoFirst();
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
