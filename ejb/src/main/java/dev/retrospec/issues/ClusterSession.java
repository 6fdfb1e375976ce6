package dev.retrospec.issues;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;

/**
 * A session that showed an issue's failure, with what its report card says.
 *
 * @param reportStatus empty when there is no report card
 * @param reportConfidence 0 to 1; 0 when there is no report card
 * @param reportSymptom empty when there is none
 * @param firstMarkerId where to begin to watch
 */
public record ClusterSession(
    SessionId sessionId,
    ProjectId projectId,
    String site,
    String route,
    Instant startedAt,
    long durationMs,
    Instant lastObservedAt,
    int markerCount,
    String reportStatus,
    double reportConfidence,
    String reportSymptom,
    MarkerId firstMarkerId) {}
