package dev.retrospec.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.ErrorMarker;
import dev.retrospec.sessions.SessionLink;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session with all that hangs on it, in the contract's shape.
 *
 * @param eventsObjectKey blank when there are no events
 * @param completeness null for whoever may not read
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
    @Nullable String statusReason,
    Instant startedAt,
    long durationMs,
    String eventsObjectKey,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String environment,
    List<String> tags,
    List<SessionLink> links,
    Instant createdAt,
    @Nullable Completeness completeness,
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
        session.statusReason(),
        session.startedAt(),
        session.durationMs(),
        Objects.requireNonNullElse(session.eventsObjectKey(), ""),
        session.userId(),
        session.anonymousId(),
        session.org(),
        session.release(),
        session.environment(),
        session.tags(),
        session.links(),
        session.createdAt(),
        session.completeness(),
        markers,
        artifacts,
        reportCard);
  }

  /**
   * What a client may hear that may write and not read: its own markers without what source maps
   * made of them, and nothing of who the visitor is, of what others told, or of what was made of it
   * but how far the report is.
   */
  public StoredSession toWriter(Set<MarkerId> told) {
    return new StoredSession(
        id,
        projectId,
        site,
        route,
        null,
        status,
        statusReason,
        startedAt,
        durationMs,
        eventsObjectKey,
        null,
        null,
        null,
        release,
        environment,
        List.of(),
        List.of(),
        createdAt,
        null,
        markers.stream()
            .filter(marker -> told.contains(marker.id()))
            .map(ErrorMarker::withoutError)
            .toList(),
        List.of(),
        reportCard == null ? null : reportCard.withoutContent());
  }
}
