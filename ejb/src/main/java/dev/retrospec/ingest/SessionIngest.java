package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.sessions.EventsObjectKey;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Takes a legacy client's report about a session and what failed in it. The same session again
 * updates it and adds the markers that are new.
 */
@ApplicationScoped
public class SessionIngest {

  private final Admission admission;
  private final Scrubber scrubber;
  private final UserAgents userAgents;
  private final RecordingWrites writes;
  private final Clock clock;

  @Inject
  public SessionIngest(
      Admission admission,
      Scrubber scrubber,
      UserAgents userAgents,
      RecordingWrites writes,
      Clock clock) {
    this.admission = admission;
    this.scrubber = scrubber;
    this.userAgents = userAgents;
    this.writes = writes;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionIngest() {
    this.admission = null;
    this.scrubber = null;
    this.userAgents = null;
    this.writes = null;
    this.clock = null;
  }

  /**
   * @return the session's id (when the client gave none, that of its upload, else a minted one) and
   *     its markers' ids
   * @throws dev.retrospec.sessions.SessionErased when it was erased
   * @throws InvalidRequest when something that was told cannot be; nothing was stored
   */
  public IngestReceipt ingest(ProjectId project, IngestRequest request) {
    SessionFields told = request.session();
    if (told == null) {
      throw new InvalidRequest("session must be given");
    }
    Instant now = clock.instant();
    SessionId session = idOf(project, told);
    IncomingText text = new IncomingText(scrubber, admission.scrubMode(project));
    SessionFacts facts = new ReportedSession(text, userAgents).reported(told, now);
    String route = Objects.requireNonNullElse(facts.route(), "/");
    List<ObservedMarker> observed =
        new ReportedMarkers(text).observed(request.markers(), route, facts.startedAt(), now);
    writes.report(project, session, facts, observed, now);
    return new IngestReceipt(
        session, observed.stream().map(ObservedMarker::id).collect(Collectors.toSet()));
  }

  /** A client that never chose an id speaks of the session that its upload was stored under. */
  private static SessionId idOf(ProjectId project, SessionFields told) {
    boolean named = told.id() != null && !told.id().isEmpty();
    return named
        ? ReportedSession.id(told.id())
        : EventsObjectKey.sessionOf(project, told.eventsObjectKey()).orElseGet(SessionId::mint);
  }
}
