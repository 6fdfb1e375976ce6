package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * An issue is seen far more often than it used to be. Said once, when it begins, within the
 * transaction that noticed it.
 *
 * @param sessionsLastHour sessions that showed it within the last 60 minutes
 * @param usualPerHour how many its own past lets one expect at this hour; may be a fraction
 */
public record IssueEscalated(
    ProjectId projectId, ClusterKey key, int sessionsLastHour, double usualPerHour) {}
