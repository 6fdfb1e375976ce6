package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;

/**
 * A mute has ended by its own condition, and the issue is open again. Said within the transaction
 * that stored it.
 *
 * @param reason what ended it, as a clause: "10 more sessions showed it"
 */
public record IssueMuteEnded(ProjectId projectId, ClusterKey key, String reason) {}
