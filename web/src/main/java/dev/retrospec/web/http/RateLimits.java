package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A token bucket per caller, on this server; several servers allow several times as much. */
@ApplicationScoped
public class RateLimits {

  /** Some MB of buckets; whoever was not seen for longest begins with a full one again. */
  static final int MAX_CALLERS = 10_000;

  private final RateLimitConfig config;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  @Inject
  public RateLimits(Settings settings) {
    this(RateLimitConfig.from(settings), TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimits(RateLimitConfig config, TimeMeter time) {
    this.config = config;
    this.time = time;
  }

  /** For the container's proxy. */
  protected RateLimits() {
    this(new RateLimitConfig(0, 1), TimeMeter.SYSTEM_NANOTIME);
  }

  /**
   * Takes one token.
   *
   * @return empty when the request may pass, else how long to wait
   */
  Optional<Duration> take(String caller) {
    if (!config.isOn()) {
      return Optional.empty();
    }
    ConsumptionProbe probe = bucket(caller).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  RateLimitConfig config() {
    return config;
  }

  int callers() {
    synchronized (buckets) {
      return buckets.size();
    }
  }

  private Bucket bucket(String caller) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(caller, name -> newBucket());
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(config.burst())
                    .refillGreedy(config.requestsPerSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
