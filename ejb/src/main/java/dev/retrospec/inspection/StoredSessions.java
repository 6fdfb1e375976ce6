package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Reads a session with its markers, artifacts and report card. */
@ApplicationScoped
public class StoredSessions {

  private final SessionQueries sessions;
  private final ErrorMarkers markers;
  private final Artifacts artifacts;
  private final ReportCards reportCards;

  @Inject
  public StoredSessions(
      SessionQueries sessions, ErrorMarkers markers, Artifacts artifacts, ReportCards reportCards) {
    this.sessions = sessions;
    this.markers = markers;
    this.artifacts = artifacts;
    this.reportCards = reportCards;
  }

  /** For the container's proxy. */
  protected StoredSessions() {
    this(null, null, null, null);
  }

  /**
   * @return empty when the project has no such session
   */
  public Optional<StoredSession> find(ProjectId project, SessionId session) {
    return sessions
        .find(project, session)
        .map(
            stored ->
                StoredSession.of(
                    stored,
                    markers.inFull(project, session),
                    artifacts.of(project, session),
                    reportCards.find(project, session).orElse(null)));
  }
}
