package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.recordings.RecordingChunks;
import dev.retrospec.recordings.SpoolOutcome;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RecordedSession;
import dev.retrospec.sessions.RecorderCounts;
import dev.retrospec.sessions.SessionFacts;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * The one transaction of each way in: session, chunk, markers, clusters, promotion and jobs are
 * there together or not at all. What is given has been read, checked and compressed before, because
 * a connection must not wait for a client's upload.
 */
@ApplicationScoped
public class RecordingWrites {

  /** A legacy upload is one chunk: the whole recording, replaced by the next upload. */
  static final ChunkNumber WHOLE = new ChunkNumber(0);

  private final RecordingChunks chunks;
  private final Sessions sessions;
  private final FailureIntake failures;

  @Inject
  RecordingWrites(RecordingChunks chunks, Sessions sessions, FailureIntake failures) {
    this.chunks = chunks;
    this.sessions = sessions;
    this.failures = failures;
  }

  /** For the container's proxy. */
  protected RecordingWrites() {
    this(null, null, null);
  }

  @Transactional
  SpoolOutcome append(IncomingChunk incoming, Instant now) {
    ProjectId project = incoming.project();
    SessionId session = incoming.session();
    SpoolOutcome outcome = chunks.add(project, session, incoming.number(), incoming.chunk(), now);
    if (outcome instanceof SpoolOutcome.Added added) {
      SessionFacts facts = incoming.facts();
      RecordedSession recorded =
          sessions.record(
              project,
              session,
              facts,
              incoming.growth(added.storedBytes()),
              SessionStatus.RECORDING,
              now);
      failures.take(project, session, recorded, incoming.markers());
    }
    return outcome;
  }

  /** Takes the place of what was uploaded before under the same session. */
  @Transactional
  void replace(
      ProjectId project, SessionId session, NewChunk chunk, SessionFacts facts, Instant now) {
    RecordingChunks.Replacement grown = chunks.replace(project, session, WHOLE, chunk, now);
    SessionGrowth growth =
        new SessionGrowth(
            grown.chunks(),
            grown.events(),
            grown.storedBytes(),
            WHOLE,
            false,
            RecorderCounts.unlisted(grown.unlisted()));
    sessions.record(project, session, facts, growth, SessionStatus.READY, now);
  }

  /** A report about a session whose events came, or will come, by themselves. */
  @Transactional
  void report(
      ProjectId project,
      SessionId session,
      SessionFacts facts,
      List<ObservedMarker> markers,
      Instant now) {
    RecordedSession recorded =
        sessions.record(project, session, facts, SessionGrowth.NONE, SessionStatus.READY, now);
    failures.take(project, session, recorded, markers);
  }
}
