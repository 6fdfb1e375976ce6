package dev.retrospec.jobs;

import dev.retrospec.platform.config.Settings;

/** From how many jobs on a queue's health is called warning or critical. */
public record QueueThresholds(
    int pendingWarning,
    int pendingCritical,
    int retryWarning,
    int retryCritical,
    int failedWarning,
    int failedCritical) {

  static QueueThresholds from(Settings settings) {
    return new QueueThresholds(
        settings.integer("QUEUE_PENDING_WARNING", 1_000, 1, Integer.MAX_VALUE),
        settings.integer("QUEUE_PENDING_CRITICAL", 20_000, 1, Integer.MAX_VALUE),
        settings.integer("QUEUE_RETRY_WARNING", 20, 1, Integer.MAX_VALUE),
        settings.integer("QUEUE_RETRY_CRITICAL", 200, 1, Integer.MAX_VALUE),
        settings.integer("QUEUE_FAILED_WARNING", 1, 1, Integer.MAX_VALUE),
        settings.integer("QUEUE_FAILED_CRITICAL", 50, 1, Integer.MAX_VALUE));
  }
}
