package dev.retrospec.workers.runtime;

import dev.retrospec.platform.telemetry.RequestsUnderWay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Lets requests go first: while there are some and the machine is busy, background work for the
 * processor waits a little before each job. Only a little, so that a machine which is always busy
 * gets it done too.
 */
@ApplicationScoped
public class Courtesy {

  /** Then a job runs, however busy the machine is: some in a second from each listener. */
  static final Duration PATIENCE = Duration.ofMillis(250);

  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final DoubleSupplier load;
  private final YieldConfig config;
  private final LongSupplier nanoTime;

  @Inject
  public Courtesy(MachineLoad load, RequestsUnderWay requests, YieldConfig config) {
    // Without requests it is this work itself, or a stranger, that keeps the machine busy.
    this(() -> requests.any() ? load.current() : 0, config);
  }

  public Courtesy(DoubleSupplier load, YieldConfig config) {
    this(load, config, System::nanoTime);
  }

  Courtesy(DoubleSupplier load, YieldConfig config, LongSupplier nanoTime) {
    this.load = load;
    this.config = config;
    this.nanoTime = nanoTime;
  }

  /** For the container's proxy. */
  protected Courtesy() {
    this(() -> 0, new YieldConfig(1));
  }

  /** Returns when the machine is idle enough, or after {@link #PATIENCE}. */
  public void letOthersGoFirst() {
    long begun = nanoTime.getAsLong();
    while (config.aboveLoad() < 1
        && load.getAsDouble() > config.aboveLoad()
        && nanoTime.getAsLong() - begun < PATIENCE.toNanos()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
