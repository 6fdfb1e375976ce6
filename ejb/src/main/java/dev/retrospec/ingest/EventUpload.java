package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.sessions.EventsObjectKey;
import dev.retrospec.sessions.SessionFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * Takes the whole recording of a session as older clients send it: again and again under the same
 * id, each time from the beginning.
 */
@ApplicationScoped
public class EventUpload {

  private static final String WINDOW = "main";
  private static final String REASON = "upload";

  private final Admission admission;
  private final BodyReader bodies;
  private final Scrubber scrubber;
  private final UserAgents userAgents;
  private final RecordingWrites writes;
  private final Clock clock;

  @Inject
  public EventUpload(
      Admission admission,
      BodyReader bodies,
      Scrubber scrubber,
      UserAgents userAgents,
      RecordingWrites writes,
      Clock clock) {
    this.admission = admission;
    this.bodies = bodies;
    this.scrubber = scrubber;
    this.userAgents = userAgents;
    this.writes = writes;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected EventUpload() {
    this.admission = null;
    this.bodies = null;
    this.scrubber = null;
    this.userAgents = null;
    this.writes = null;
    this.clock = null;
  }

  /**
   * Stores the events in the place of what was uploaded before. When this returns, they survive a
   * crash.
   *
   * @throws dev.retrospec.platform.failure.Failure when the body is not an upload, or is too large,
   *     or recordings are not wanted or have no room now: what was stored before stays
   * @throws IOException when the client's connection fails
   */
  public UploadReceipt accept(ProjectId project, EncodedBody body) throws IOException {
    ScrubMode mode = Admission.scrubMode(admission.check(project));
    ChunkContent content = bodies.read(body, project, mode);
    SessionId session = ReportedSession.id(content.sessionId());
    String key = EventsObjectKey.of(project, session);
    Instant now = clock.instant();
    SessionFacts facts =
        new ReportedSession(new IncomingText(scrubber, mode), userAgents)
            .assumed(content, key, now);
    writes.replace(
        project,
        session,
        new NewChunk(WINDOW, REASON, content.sha256(), content.events()),
        facts,
        now);
    return new UploadReceipt(project, session, key);
  }
}
