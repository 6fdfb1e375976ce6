package dev.retrospec.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.ChunkView;
import dev.retrospec.recordings.RecordingManifest;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.servererrors.ServerError;
import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.ErrorMarker;
import dev.retrospec.sessions.SessionNote;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a player needs before it loads the first event, in the shape that the player reads.
 *
 * @param viewport in CSS pixels; null when the recorder did not tell
 * @param serverErrors what the customer's server threw behind answers that the session's pages got
 * @param assets pictures and fonts that are kept, by the address that shows them
 * @param notes what people wrote at moments of it
 * @param reportCard null before anybody asked for one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionManifest(
    SessionId sessionId,
    ProjectId projectId,
    String site,
    SessionStatus status,
    Instant startedAt,
    Instant endedAt,
    long durationMs,
    @Nullable Viewport viewport,
    User user,
    @Nullable String userAgent,
    List<ChunkView> chunks,
    List<ErrorMarker> markers,
    List<RecordingManifest.Gap> gaps,
    List<RecordingManifest.PageVisit> pages,
    List<RecordingManifest.IdlePeriod> idlePeriods,
    Completeness completeness,
    List<ServerError> serverErrors,
    List<AssetUse> assets,
    List<SessionNote> notes,
    @Nullable ReportCardView reportCard) {

  /** The window when the session began. */
  public record Viewport(int width, int height) {}

  /** Who it was, as far as the site told. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record User(@Nullable String id, @Nullable String anonymousId) {}

  static SessionManifest of(
      SessionView session,
      RecordingManifest recording,
      List<ErrorMarker> markers,
      List<ServerError> serverErrors,
      List<AssetUse> assets,
      List<SessionNote> notes,
      @Nullable ReportCardView reportCard) {
    Integer width = session.viewportWidth();
    Integer height = session.viewportHeight();
    return new SessionManifest(
        session.id(),
        session.projectId(),
        session.site(),
        session.status(),
        session.startedAt(),
        session.endedAt(),
        session.durationMs(),
        width == null || height == null ? null : new Viewport(width, height),
        new User(session.userId(), session.anonymousId()),
        session.userAgent(),
        recording.chunks(),
        markers,
        recording.gaps(),
        recording.pages(),
        recording.idlePeriods(),
        session.completeness().withChunks(recording.chunksExpected(), recording.chunksReceived()),
        serverErrors,
        assets,
        notes,
        reportCard);
  }
}
