package dev.retrospec.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;

/**
 * A session has ended and its recording was read through. Fired once more when a late chunk has
 * opened it again and it has ended again.
 */
public record SessionIndexed(ProjectId projectId, SessionId sessionId) {}
