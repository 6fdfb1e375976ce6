package dev.retrospec.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.sessions.ErrorMarker;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session with all that hangs on it, in the contract's shape.
 *
 * @param eventsObjectKey blank when there are no events
 * @param markers in the order of the replay
 * @param reportCard null before anybody asked for one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredSession(
    SessionId id,
    ProjectId projectId,
    String site,
    String route,
    @Nullable String url,
    SessionStatus status,
    Instant startedAt,
    long durationMs,
    String eventsObjectKey,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String environment,
    List<String> tags,
    Instant createdAt,
    List<ErrorMarker> markers,
    List<ArtifactView> artifacts,
    @Nullable ReportCardView reportCard) {

  static StoredSession of(
      SessionView session,
      List<ErrorMarker> markers,
      List<ArtifactView> artifacts,
      @Nullable ReportCardView reportCard) {
    return new StoredSession(
        session.id(),
        session.projectId(),
        session.site(),
        session.route(),
        session.url(),
        session.status(),
        session.startedAt(),
        session.durationMs(),
        Objects.requireNonNullElse(session.eventsObjectKey(), ""),
        session.userId(),
        session.anonymousId(),
        session.org(),
        session.release(),
        session.environment(),
        session.tags(),
        session.createdAt(),
        markers,
        artifacts,
        reportCard);
  }
}
