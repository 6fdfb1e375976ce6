package dev.retrospec.jobs;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * How patient the outbox is.
 *
 * @param lease how long an attempt may take before another worker may begin the job again
 */
public record JobsConfig(Map<JobKind, Patience> kinds, Duration lease) {

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * @param maxAttempts 1 or more
   * @param retryBase the pause after the first failed attempt; it doubles with each further one
   * @param dedupeWindow how long a repeated wish for the same job is ignored; zero: never
   */
  public record Patience(int maxAttempts, Duration retryBase, Duration dedupeWindow) {}

  public JobsConfig {
    kinds = Map.copyOf(kinds);
  }

  public static JobsConfig from(Settings settings) {
    return new JobsConfig(
        Map.ofEntries(
            Map.entry(
                JobKind.REPLAY,
                new Patience(
                    settings.integer("REPLAY_MAX_ATTEMPTS", 3, 1, 100),
                    settings.duration("REPLAY_RETRY_BASE_MS", MILLISECOND, 2_000),
                    settings.duration("REPLAY_DEDUPE_WINDOW_SEC", SECOND, 21_600))),
            Map.entry(
                JobKind.ANALYSIS,
                new Patience(
                    settings.integer("ANALYZER_MAX_ATTEMPTS", 3, 1, 100),
                    settings.duration("ANALYZER_RETRY_BASE_MS", MILLISECOND, 2_000),
                    settings.duration("ANALYZER_DEDUPE_WINDOW_SEC", SECOND, 21_600))),
            Map.entry(
                JobKind.NOTIFICATION,
                new Patience(
                    settings.integer("ALERT_MAX_ATTEMPTS", 6, 1, 100),
                    settings.duration("ALERT_RETRY_BASE_MS", MILLISECOND, 5_000),
                    Duration.ofHours(1))),
            Map.entry(
                JobKind.SNAPSHOT,
                new Patience(
                    settings.integer("SNAPSHOT_MAX_ATTEMPTS", 3, 1, 100),
                    settings.duration("SNAPSHOT_RETRY_BASE_MS", MILLISECOND, 1_000),
                    Duration.ZERO)),
            Map.entry(
                JobKind.RUN_ANALYSIS,
                new Patience(
                    settings.integer("RUN_ANALYSIS_MAX_ATTEMPTS", 3, 1, 100),
                    settings.duration("RUN_ANALYSIS_RETRY_BASE_MS", MILLISECOND, 2_000),
                    Duration.ZERO)),
            Map.entry(
                JobKind.RECOGNITION,
                new Patience(
                    settings.integer("RECOGNITION_MAX_ATTEMPTS", 5, 1, 100),
                    settings.duration("RECOGNITION_RETRY_BASE_MS", MILLISECOND, 10_000),
                    Duration.ofHours(1))),
            Map.entry(
                JobKind.RUN_MESSAGE,
                new Patience(
                    settings.integer("RUN_MESSAGE_MAX_ATTEMPTS", 6, 1, 100),
                    settings.duration("RUN_MESSAGE_RETRY_BASE_MS", MILLISECOND, 5_000),
                    Duration.ZERO)),
            Map.entry(
                JobKind.EMBEDDING,
                new Patience(
                    settings.integer("EMBEDDING_MAX_ATTEMPTS", 5, 1, 100),
                    settings.duration("EMBEDDING_RETRY_BASE_MS", MILLISECOND, 10_000),
                    Duration.ofHours(1))),
            Map.entry(
                JobKind.RENDER,
                new Patience(
                    settings.integer("REPLAY_RENDER_MAX_ATTEMPTS", 3, 1, 100),
                    settings.duration("REPLAY_RENDER_RETRY_BASE_MS", MILLISECOND, 5_000),
                    Duration.ofMinutes(1))),
            Map.entry(
                JobKind.REGROUP,
                new Patience(
                    settings.integer("REGROUP_MAX_ATTEMPTS", 5, 1, 100),
                    settings.duration("REGROUP_RETRY_BASE_MS", MILLISECOND, 10_000),
                    Duration.ofMinutes(1))),
            Map.entry(
                JobKind.SYMBOLICATION,
                new Patience(
                    settings.integer("SYMBOLICATION_MAX_ATTEMPTS", 5, 1, 100),
                    settings.duration("SYMBOLICATION_RETRY_BASE_MS", MILLISECOND, 5_000),
                    Duration.ofHours(1))),
            Map.entry(
                JobKind.TICKET,
                new Patience(
                    settings.integer("TICKET_MAX_ATTEMPTS", 6, 1, 100),
                    settings.duration("TICKET_RETRY_BASE_MS", MILLISECOND, 5_000),
                    Duration.ZERO))),
        settings.duration("JOB_LEASE_SECONDS", SECOND, 120));
  }

  public Patience of(JobKind kind) {
    return kinds.get(kind);
  }
}
