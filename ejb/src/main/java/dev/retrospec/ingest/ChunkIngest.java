package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.recordings.SpoolOutcome;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one numbered piece of a recording. Sending the same piece again is harmless. */
@ApplicationScoped
public class ChunkIngest {

  private static final int MAX_WORD = 100;
  private static final String ONLY_WINDOW = "main";

  private final Admission admission;
  private final BodyReader bodies;
  private final Scrubber scrubber;
  private final UserAgents userAgents;
  private final RecordingWrites writes;
  private final Clock clock;

  @Inject
  public ChunkIngest(
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
  protected ChunkIngest() {
    this.admission = null;
    this.bodies = null;
    this.scrubber = null;
    this.userAgents = null;
    this.writes = null;
    this.clock = null;
  }

  /**
   * Stores the chunk, its markers and what follows from them. When this returns {@link
   * ChunkReceipt.Accepted}, all of it survives a crash.
   *
   * @throws dev.retrospec.platform.failure.Failure when the body is not a chunk, or is too large,
   *     or recordings are not wanted or have no room now: nothing was stored
   * @throws IOException when the client's connection fails
   */
  public ChunkReceipt accept(
      ProjectId project, SessionId session, ChunkNumber number, EncodedBody body)
      throws IOException {
    RecorderRules rules = admission.check(project);
    return store(
        project, session, number, bodies.read(body, project, Admission.scrubMode(rules)), rules);
  }

  /** The same for clients that name session and number in the body. */
  public ChunkReceipt accept(ProjectId project, EncodedBody body) throws IOException {
    RecorderRules rules = admission.check(project);
    ChunkContent content = bodies.read(body, project, Admission.scrubMode(rules));
    if (content.sessionId() == null || content.seq() == null) {
      throw new InvalidRequest("sessionId and seq must be given");
    }
    SessionId session = ReportedSession.id(content.sessionId());
    return store(project, session, number(content.seq()), content, rules);
  }

  private ChunkReceipt store(
      ProjectId project,
      SessionId session,
      ChunkNumber number,
      ChunkContent content,
      RecorderRules rules) {
    Instant now = clock.instant();
    IncomingText text = new IncomingText(scrubber, Admission.scrubMode(rules));
    SessionFacts facts = new ReportedSession(text, userAgents).observed(content, now);
    String route = Objects.requireNonNullElse(facts.route(), "/");
    List<ObservedMarker> observed =
        new ReportedMarkers(text).observed(content.markers(), route, facts.startedAt(), now);
    String window = IncomingText.plain(content.windowId(), MAX_WORD);
    NewChunk chunk =
        new NewChunk(
            window == null ? ONLY_WINDOW : window,
            IncomingText.plain(content.reason(), MAX_WORD),
            content.sha256(),
            content.events());
    SpoolOutcome outcome =
        writes.append(
            new IncomingChunk(project, session, number, chunk, facts, content.counters(), observed),
            now);
    if (outcome instanceof SpoolOutcome.Conflicting) {
      return new ChunkReceipt.Conflicting(session, number);
    }
    RecorderRules news = news(content.rulesVersion(), rules);
    return outcome instanceof SpoolOutcome.Repeated
        ? new ChunkReceipt.Repeated(session, number, news)
        : new ChunkReceipt.Accepted(session, number, content.events().eventCount(), news);
  }

  private static @Nullable RecorderRules news(@Nullable Integer followed, RecorderRules rules) {
    return followed == null || followed == rules.version() ? null : rules;
  }

  private static ChunkNumber number(int seq) {
    try {
      return new ChunkNumber(seq);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(e.getMessage());
    }
  }
}
