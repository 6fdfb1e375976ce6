package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * A resolved issue was seen in a session that came in after its resolution. Said within the
 * transaction that noticed it.
 */
public record IssueRegressed(ProjectId projectId, ClusterKey key, PromotionTrigger trigger) {}
