package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody decided that an issue is resolved, which it was not before. Said within the transaction
 * that stored it.
 *
 * @param inRelease the release that brings the fix; null: whatever runs now
 */
public record IssueResolved(ProjectId projectId, ClusterKey key, @Nullable String inRelease) {}
