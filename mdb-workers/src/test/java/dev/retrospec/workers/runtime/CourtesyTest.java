package dev.retrospec.workers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class CourtesyTest {

  @Test
  void onAnIdleMachineNothingWaits() {
    AtomicInteger looks = new AtomicInteger();
    DoubleSupplier load =
        () -> {
          looks.incrementAndGet();
          return 0.3;
        };

    new Courtesy(load, new YieldConfig(0.85)).letOthersGoFirst();

    assertThat(looks).hasValue(1);
  }

  @Test
  void onABusyOneWorkWaitsUntilItIsIdle() {
    Iterator<Double> loads = List.of(0.95, 0.95, 0.2).iterator();
    DoubleSupplier load = () -> loads.next();

    new Courtesy(load, new YieldConfig(0.85), () -> 0).letOthersGoFirst();

    assertThat(loads.hasNext()).isFalse();
  }

  @Test
  void onOneThatIsAlwaysBusyWorkIsDoneNevertheless() {
    long begun = System.nanoTime();
    new Courtesy(() -> 1, new YieldConfig(0.85)).letOthersGoFirst();

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Courtesy.PATIENCE)
        .isLessThan(Courtesy.PATIENCE.multipliedBy(20));
  }

  @Test
  void itCanBeSwitchedOff() {
    AtomicInteger looks = new AtomicInteger();

    new Courtesy(looks::incrementAndGet, new YieldConfig(1)).letOthersGoFirst();

    assertThat(looks).hasValue(0);
  }
}
