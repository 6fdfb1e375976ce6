package dev.retrospec.retention;

/**
 * What one cleanup did, in the words of the API.
 *
 * @param deletedEventObjects objects with recorded events: blocks whose last session went
 * @param deletedArtifactObjects rendered replays, analyses and the like
 * @param failedEventObjectDelete tried again in the next run, and so is the next one
 * @param retentionDays how long sessions are kept
 */
public record CleanupReport(
    int deletedSessions,
    int deletedIssueClusters,
    int deletedEventObjects,
    int deletedArtifactObjects,
    int failedEventObjectDelete,
    int failedArtifactObjectDelete,
    int retentionDays) {}
