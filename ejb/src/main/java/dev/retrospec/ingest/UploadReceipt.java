package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;

/**
 * An upload that is stored and will survive a crash.
 *
 * @param eventsObjectKey names the events in the report that follows
 */
public record UploadReceipt(ProjectId projectId, SessionId sessionId, String eventsObjectKey) {}
