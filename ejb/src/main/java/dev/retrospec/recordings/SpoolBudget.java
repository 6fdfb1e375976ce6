package dev.retrospec.recordings;

import dev.retrospec.platform.config.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the spool from filling PostgreSQL's disk while the object store is away. Asks the database
 * once in a few seconds, whatever the number of requests: the figure is that old at most.
 */
@ApplicationScoped
public class SpoolBudget {

  /** At 10 MB/s of chunks the spool grows by 50 MB in it: little beside a budget of gigabytes. */
  static final Duration REFRESH = Duration.ofSeconds(5);

  private final RecordingChunks chunks;
  private final Clock clock;
  private final long maxBytes;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile Figure figure = new Figure(0, Instant.MIN);

  private record Figure(long bytes, Instant at) {}

  @Inject
  public SpoolBudget(RecordingChunks chunks, Clock clock, Settings settings, MeterRegistry meters) {
    this(chunks, clock, SpoolConfig.from(settings));
    Gauge.builder("retrospec.spool", this, SpoolBudget::spooledBytes)
        .description("Recordings that wait for the object store")
        .baseUnit(BaseUnits.BYTES)
        .register(meters);
  }

  public SpoolBudget(RecordingChunks chunks, Clock clock, SpoolConfig config) {
    this.chunks = chunks;
    this.clock = clock;
    this.maxBytes = config.maxBytes();
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SpoolBudget() {
    this(null, null, SpoolConfig.DEFAULT);
  }

  /**
   * @throws SpoolFull when nothing more may be taken in for now
   */
  public void check() {
    if (spooledBytes() >= maxBytes) {
      throw new SpoolFull();
    }
  }

  /** Stored bytes that wait for the packer, as of a few seconds ago. */
  public long spooledBytes() {
    Figure known = figure;
    Instant now = clock.instant();
    if (known.at.isAfter(now.minus(REFRESH)) || !refreshing.tryLock()) {
      return known.bytes;
    }
    try {
      long bytes = chunks.spooledBytes();
      figure = new Figure(bytes, now);
      return bytes;
    } finally {
      refreshing.unlock();
    }
  }
}
