package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by {@linkplain ClientNetwork address} in windows that begin with the first one,
 * on this server. The window is fixed, because its end is what the header tells.
 */
@ApplicationScoped
public class CiRateLimits {

  /** Some MB; whoever was not seen for longest begins anew. */
  static final int MAX_CALLERS = 10_000;

  private final CiRateLimitConfig config;
  private final Clock clock;
  private final Map<String, Window> windows =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  @Inject
  public CiRateLimits(Settings settings, Clock clock) {
    this(CiRateLimitConfig.from(settings), clock);
  }

  CiRateLimits(CiRateLimitConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected CiRateLimits() {
    this(CiRateLimitConfig.DEFAULT, (Clock) null);
  }

  private record Window(Instant end, int taken) {}

  /**
   * What an address is told.
   *
   * @param remaining requests that may still come in this window
   * @param resetAt when the next window may begin
   */
  record Standing(boolean mayPass, int limit, int remaining, Instant resetAt) {

    /** As the requirements have it: seconds since 1970. */
    long resetEpochSeconds() {
      return resetAt.getEpochSecond() + (resetAt.getNano() > 0 ? 1 : 0);
    }
  }

  /** Counts one request; null when there is no limit. */
  @Nullable Standing take(String address) {
    if (!config.isOn()) {
      return null;
    }
    String caller = ClientNetwork.of(address);
    Instant now = clock.instant();
    synchronized (windows) {
      Window window = windows.get(caller);
      if (window == null || !now.isBefore(window.end)) {
        window = new Window(now.plus(config.window()), 0);
      }
      boolean mayPass = window.taken < config.requests();
      Window next = mayPass ? new Window(window.end, window.taken + 1) : window;
      windows.put(caller, next);
      return new Standing(mayPass, config.requests(), config.requests() - next.taken, next.end);
    }
  }

  Instant now() {
    return clock.instant();
  }
}
