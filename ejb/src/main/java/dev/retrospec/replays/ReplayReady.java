package dev.retrospec.replays;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;

/** An artifact of a session can be fetched. */
public record ReplayReady(ProjectId projectId, SessionId sessionId, String artifactType) {}
