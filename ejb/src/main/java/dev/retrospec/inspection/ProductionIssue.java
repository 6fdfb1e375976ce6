package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue of production that is the same failure as a pattern of failing tests.
 *
 * @param similarity 0 to 1
 * @param linkedBy {@code match}, else who said so
 * @param representativeSession where its replay is; null when none is stored any more
 */
public record ProductionIssue(
    PatternId patternId,
    ClusterKey key,
    String symptom,
    String state,
    String kind,
    String route,
    int sessionCount,
    int userCount,
    Instant lastSeenAt,
    double similarity,
    String linkedBy,
    @Nullable SessionId representativeSession,
    @Nullable MarkerId representativeMarker) {}
