package dev.retrospec.inspection;

import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.servererrors.ServerErrors;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionIndexes;
import dev.retrospec.sessions.SessionNotes;
import dev.retrospec.sessions.SessionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Reads what a player needs to begin; no event is touched. */
@ApplicationScoped
public class SessionManifests {

  private final SessionQueries sessions;
  private final SessionIndexes indexes;
  private final RecordingTimeline timeline;
  private final ErrorMarkers markers;
  private final ServerErrors serverErrors;
  private final Assets assets;
  private final SessionNotes notes;
  private final ReportCards reportCards;

  @Inject
  public SessionManifests(
      SessionQueries sessions,
      SessionIndexes indexes,
      RecordingTimeline timeline,
      ErrorMarkers markers,
      ServerErrors serverErrors,
      Assets assets,
      SessionNotes notes,
      ReportCards reportCards) {
    this.sessions = sessions;
    this.indexes = indexes;
    this.timeline = timeline;
    this.markers = markers;
    this.serverErrors = serverErrors;
    this.assets = assets;
    this.notes = notes;
    this.reportCards = reportCards;
  }

  /** For the container's proxy. */
  protected SessionManifests() {
    this(null, null, null, null, null, null, null, null);
  }

  /** Empty when the project has no such session. */
  public Optional<SessionManifest> find(ProjectId project, SessionId session) {
    return sessions
        .find(project, session)
        .map(
            stored ->
                SessionManifest.of(
                    stored,
                    timeline.manifest(
                        project,
                        stored.recordedAs(),
                        stored.startedAt(),
                        indexes.find(project, session).orElse(null)),
                    markers.of(project, session),
                    serverErrors.of(project, session),
                    assets.of(project, session),
                    notes.of(project, session),
                    reportCards.find(project, session).orElse(null)));
  }
}
