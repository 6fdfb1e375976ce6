package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;

/**
 * A job that has been begun.
 *
 * @param payload the JSON object it was enqueued with
 * @param attempts how many have been begun, this one included; also proves whose result counts
 */
public record Job(
    JobId id,
    JobKind kind,
    ProjectId projectId,
    String subject,
    String payload,
    int attempts,
    int maxAttempts) {

  boolean isLastAttempt() {
    return attempts >= maxAttempts;
  }
}
