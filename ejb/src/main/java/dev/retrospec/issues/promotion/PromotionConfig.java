package dev.retrospec.issues.promotion;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * When clusters become issues.
 *
 * @param minSessions sessions that must have shown a failure, 1 or more
 * @param onIngest whether a session that comes in promotes at once
 * @param interval between two looks of the timer; zero: never
 */
public record PromotionConfig(int minSessions, boolean onIngest, Duration interval) {

  public static PromotionConfig from(Settings settings) {
    return new PromotionConfig(
        settings.integer("CLUSTER_PROMOTE_MIN_SESSIONS", 2, 1, 1_000_000),
        settings.flag("AUTO_PROMOTE_ON_INGEST", true),
        settings.duration("AUTO_PROMOTE_INTERVAL_MINUTES", Duration.ofMinutes(1), 0));
  }
}
