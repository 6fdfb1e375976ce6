package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as lists and its own page show it. Counts include what is not folded yet.
 *
 * @param kind of its markers, as in the API
 * @param confidence 0 to 1
 * @param state as it is now: a mute whose window is over counts as open
 * @param version guards a change of state against a change in between
 */
public record IssueLine(
    ClusterKey key,
    String kind,
    String symptom,
    String route,
    int sessionCount,
    int userCount,
    long markerCount,
    double confidence,
    Instant firstSeenAt,
    Instant lastSeenAt,
    Instant promotedAt,
    @Nullable String promotionTrigger,
    @Nullable String promotionReason,
    String state,
    @Nullable String assignee,
    @Nullable String stateNote,
    @Nullable Instant mutedUntil,
    @Nullable Instant stateUpdatedAt,
    int version,
    @Nullable SessionId representativeSessionId,
    @Nullable MarkerId representativeMarkerId) {}
