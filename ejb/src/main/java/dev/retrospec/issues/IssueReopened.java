package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * Somebody decided that an issue is open again which was resolved or muted. Said within the
 * transaction that stored it.
 */
public record IssueReopened(ProjectId projectId, ClusterKey key) {}
