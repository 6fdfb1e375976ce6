package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;

/** A report card is no longer pending. */
public record ReportCardReady(ProjectId projectId, SessionId sessionId, ReportStatus status) {}
