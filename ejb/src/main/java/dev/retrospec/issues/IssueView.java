package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.MarkerKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue as lists and pages show it: the contract's {@code Issue} and what the dashboard asks
 * beyond it. Counts include what is not folded yet.
 *
 * @param sessionCount sessions that showed the failure
 * @param userCount distinct visitors of those sessions
 * @param representativeSessionId where to watch it first; absent once its session has expired
 * @param confidence 0 to 1: that this is a failure of the site, see {@code Confidence}
 * @param createdAt when the first marker of the cluster came in
 * @param state as it is now: a mute whose window has ended counts as open
 * @param assignee empty: nobody
 * @param stateNote empty: none
 * @param promotionReason one sentence on why it is shown
 * @param version changes with each triage; the ETag
 * @param resolvedInRelease the release that brings the fix; null: not resolved, or by whatever runs
 * @param mute what ends the mute beside its time; null while it is not muted
 */
public record IssueView(
    ProjectId projectId,
    ClusterKey key,
    String symptom,
    int sessionCount,
    int userCount,
    @Nullable SessionId representativeSessionId,
    double confidence,
    Instant lastSeenAt,
    Instant createdAt,
    TriageState state,
    String assignee,
    @Nullable Instant mutedUntil,
    String stateNote,
    @Nullable Instant stateUpdatedAt,
    MarkerKind kind,
    String route,
    long markerCount,
    @Nullable MarkerId representativeMarkerId,
    Instant firstSeenAt,
    @Nullable Instant promotedAt,
    @Nullable PromotionTrigger promotionTrigger,
    @Nullable String promotionReason,
    int version,
    @Nullable String resolvedInRelease,
    @Nullable IssueMute mute) {}
