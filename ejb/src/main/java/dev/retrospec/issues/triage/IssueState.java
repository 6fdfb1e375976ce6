package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.TriageState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an issue stands after a decision, in the contract's shape.
 *
 * @param assignee empty: nobody
 * @param note empty: none
 * @param version the ETag of the next decision
 */
public record IssueState(
    ProjectId projectId,
    ClusterKey clusterKey,
    TriageState state,
    String assignee,
    @Nullable Instant mutedUntil,
    String note,
    Instant createdAt,
    Instant updatedAt,
    int version) {}
