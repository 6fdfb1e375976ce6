package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.recordings.InvalidRecording;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.retention.SessionErasure;
import dev.retrospec.sessions.SessionFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a recording out of a file: the JSON that rrweb's recorder gives, whoever ran it. Read in
 * pieces, each of which is validated, scrubbed and stored like a recorder's chunk, so that a
 * recording of two hours takes no more memory than a flush. Every import is a session of its own.
 */
@ApplicationScoped
public class RecordingImport {

  private static final long MIB = 1024 * 1024;

  /** Two hours are about 60 MB of JSON. */
  public static final int MEBIBYTES = 256;

  private static final BodyLimits LIMITS = new BodyLimits(MEBIBYTES * MIB, MEBIBYTES * MIB);
  private static final String WINDOW = "main";
  private static final String REASON = "import";

  private final Admission admission;
  private final BodyReader bodies;
  private final Scrubber scrubber;
  private final UserAgents userAgents;
  private final RecordingWrites writes;
  private final SessionErasure erasure;
  private final Clock clock;

  @Inject
  public RecordingImport(
      Admission admission,
      BodyReader bodies,
      Scrubber scrubber,
      UserAgents userAgents,
      RecordingWrites writes,
      SessionErasure erasure,
      Clock clock) {
    this.admission = admission;
    this.bodies = bodies;
    this.scrubber = scrubber;
    this.userAgents = userAgents;
    this.writes = writes;
    this.erasure = erasure;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingImport() {
    this.admission = null;
    this.bodies = null;
    this.scrubber = null;
    this.userAgents = null;
    this.writes = null;
    this.erasure = null;
    this.clock = null;
  }

  /**
   * What an import became.
   *
   * @param chunks into how many it was cut
   */
  public record Imported(SessionId sessionId, int chunks, int events) {}

  /**
   * Stores a file's events as a new session: an array of rrweb events, or an object whose field
   * {@code events} is one. Call it without a transaction; each piece has its own.
   *
   * @param site where the recording comes from, as it will be listed
   * @throws dev.retrospec.platform.failure.Failure when the file is no recording, or one without a
   *     full snapshot, or too large, or recordings have no room now: nothing of it stays
   * @throws IOException when the client's connection fails
   */
  public Imported accept(ProjectId project, EncodedBody body, String site) throws IOException {
    ScrubMode mode = Admission.scrubMode(admission.check(project));
    Landing landing = new Landing(project, mode, site);
    boolean landed = false;
    try (BoundedInflater inflated =
            new BoundedInflater(body.stream(), body.contentEncoding(), LIMITS);
        JsonParser file = EventStream.jsonFactory().createParser(inflated)) {
      landing.takeAll(file);
      landed = true;
    } catch (JacksonException e) {
      throw InvalidRecording.of(e);
    } finally {
      if (!landed) {
        erasure.erase(project, Set.of(landing.session));
      }
    }
    return new Imported(landing.session, landing.chunks, landing.events);
  }

  /** One import on its way in. */
  private final class Landing {

    private final ProjectId project;
    private final ScrubMode mode;
    private final ReportedSession sessions;
    private final SessionId session = SessionId.mint();
    private final EventPieces pieces;
    private boolean hasFullSnapshot;
    private int chunks;
    private int events;

    Landing(ProjectId project, ScrubMode mode, String site) {
      this.project = project;
      this.mode = mode;
      this.sessions = new ReportedSession(new IncomingText(scrubber, mode), userAgents);
      this.pieces = new EventPieces(site, BodyLimits.DEFAULT.inflatedBytes());
    }

    void takeAll(JsonParser file) throws IOException {
      enterEvents(file);
      int position = 0;
      for (JsonToken token = file.nextToken();
          token != JsonToken.END_ARRAY;
          token = file.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw new InvalidRequest(notAnEvent(position, token));
        }
        position++;
        pieces.add(file);
        if (pieces.isFull()) {
          store(false);
        }
      }
      if (position == 0) {
        throw new InvalidRequest("the file holds no event");
      }
      store(true);
      if (!hasFullSnapshot) {
        throw new InvalidRequest(
            "the file has no full snapshot (an event of type 2): nothing of it could be shown");
      }
    }

    private void store(boolean isLast) throws IOException {
      byte[] piece = pieces.cut();
      ChunkContent content =
          bodies.read(new EncodedBody(new ByteArrayInputStream(piece), null), project, mode);
      Instant now = clock.instant();
      SessionFacts facts = sessions.observed(content, now);
      if (chunks == 0) {
        pieces.beganAt(facts.startedAt());
      }
      String reason = isLast ? NewChunk.STOP : REASON;
      NewChunk chunk = new NewChunk(WINDOW, reason, content.sha256(), content.events());
      ChunkNumber number = new ChunkNumber(chunks);
      writes.append(
          new IncomingChunk(project, session, number, chunk, facts, content.counters(), List.of()),
          now);
      hasFullSnapshot |= content.events().hasFullSnapshot();
      events += content.events().eventCount();
      chunks++;
    }
  }

  /** Moves to the array of events; what else stands in the file is passed over. */
  private static void enterEvents(JsonParser file) throws IOException {
    JsonToken first = file.nextToken();
    if (first == JsonToken.START_ARRAY) {
      return;
    }
    if (first == JsonToken.START_OBJECT) {
      while (file.nextToken() == JsonToken.FIELD_NAME) {
        boolean isEvents = file.currentName().equals("events");
        if (file.nextToken() == JsonToken.START_ARRAY && isEvents) {
          return;
        }
        file.skipChildren();
      }
    }
    throw new InvalidRequest(
        "the file must be an array of rrweb events, or an object with such an array in its field"
            + " events");
  }

  private static String notAnEvent(int position, @Nullable JsonToken token) {
    if (token == null) {
      return "the file is cut off after event " + position;
    }
    return token == JsonToken.VALUE_STRING
        ? "event " + (position + 1) + " is a text: events packed by rrweb must be unpacked first"
        : "event " + (position + 1) + " is not an object";
  }
}
