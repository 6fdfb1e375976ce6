package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * A cluster became an issue: said once in a cluster's life, within the transaction that did it, so
 * that what an observer writes stands or falls with it.
 */
public record IssuePromoted(ProjectId projectId, ClusterKey key, PromotionTrigger trigger) {}
